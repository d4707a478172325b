using System.Net;
using Orleans.Configuration;
using Orleans.Providers;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Nodes;

/// <summary>
/// A cluster on one machine whose stores are the memory of its silos: what a silo held is lost when it stops. For
/// development.
/// </summary>
internal static class LocalCluster
{
    /// <summary>Runs the grains on this node.</summary>
    public static void AddSilo(this IHostApplicationBuilder builder, NodeOptions node)
    {
        builder.Services.AddGrains();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(
                node.SiloPort, node.GatewayPort, new IPEndPoint(IPAddress.Loopback, node.PrimarySiloPort))
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = node.ResponseTimeout)
            .Configure<GrainCollectionOptions>(options => options.CollectionAge = node.IdleTimeout)
            .UseMemoryStores()
            .AddSmcpEngine());
    }

    /// <summary>Reaches the grains on the silos.</summary>
    public static void AddSiloClient(this IHostApplicationBuilder builder, NodeOptions node) =>
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(node.GatewayPort)
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = node.ResponseTimeout)
            .AddSmcpEngine());

    /// <summary>Reads and checks what the node is to be.</summary>
    public static NodeOptions AddNode(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSection<NodeOptions>(NodeOptions.Section);
        return builder.Configuration.GetSection(NodeOptions.Section).Get<NodeOptions>() ?? new NodeOptions();
    }

    /// <summary>Keeps state, subscriptions and reminders in the memory of the silos.</summary>
    private static ISiloBuilder UseMemoryStores(this ISiloBuilder silo) =>
        silo.AddMemoryGrainStorage(ShellServices.StorageName)
            .AddMemoryGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME)
            .UseInMemoryReminderService();
}
