using System.Net;
using Orleans.Configuration;
using Smcp.Configuration;
using Smcp.Dashboard;
using Smcp.Engine;
using Smcp.Health;
using Smcp.Providers;
using Smcp.Servers;

namespace Smcp.Nodes;

/// <summary>Makes a host a node of the cluster; where members and state are kept is said elsewhere.</summary>
internal static class NodeCluster
{
    /// <summary>Reads what the node is to be.</summary>
    public static NodeOptions AddNode(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<NodeOptions>(NodeOptions.Section);
        services.AddSection<MembershipOptions>(MembershipOptions.Section);
        services.AddSingleton<NodeStart>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<NodeStart>());
        services.AddSingleton<NodeDeparture>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<NodeDeparture>());
        services.AddSingleton<IHostLifetime, NodeLifetime>();
        return Read<NodeOptions>(builder, NodeOptions.Section);
    }

    /// <summary>Runs the grains on this node.</summary>
    public static void AddSilo(this IHostApplicationBuilder builder, NodeOptions node)
    {
        var membership = Read<MembershipOptions>(builder, MembershipOptions.Section);
        var calls = Read<CallOptions>(builder, CallOptions.Section);
        builder.Services.AddGrains();
        if (!node.Programs)
        {
            builder.Services.RemovePrograms();
        }

        builder.Services.AddSingleton<IReadiness, SiloReadiness>();
        builder.Services.ConfigureOptions<NodeShutdown>();
        builder.Services.ConfigureOptions<NodeServers>();
        builder.UseOrleans(silo => (node.Dashboard ? silo.AddClusterDashboard() : silo)
            .UseProviders(builder.Configuration, node)
            .UseSteadyDirectory()
            .ConfigureEndpoints(IPAddress.Parse(node.Address), node.SiloPort, node.GatewayPort)
            .Configure<ClusterMembershipOptions>(options => Configure(options, membership))
            .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = membership.ConnectionTimeout)
            .Configure<SiloMessagingOptions>(options =>
            {
                options.ResponseTimeout = calls.ResponseTimeout;
                options.ClientGatewayShutdownNotificationTimeout = membership.GatewayNotice;
                options.WaitForMessageToBeQueuedForOutboundTime = membership.GatewayNotice;
            })
            .Configure<GrainCollectionOptions>(options => options.CollectionAge = node.IdleTimeout)
            .AddSmcpEngine(node.Programs));
    }

    /// <summary>Reaches the grains on the silos.</summary>
    public static void AddSiloClient(this IHostApplicationBuilder builder, NodeOptions node)
    {
        var membership = Read<MembershipOptions>(builder, MembershipOptions.Section);
        var calls = Read<CallOptions>(builder, CallOptions.Section);
        builder.Services.AddSingleton<IReadiness, ClientReadiness>();
        builder.UseOrleansClient(client => (node.Dashboard ? client.AddClusterDashboard() : client)
            .UseProviders(builder.Configuration, node)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = membership.RefreshPeriod)
            .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = membership.ConnectionTimeout)
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = calls.ResponseTimeout)
            .UseConnectionRetryFilter<ConnectionPatience>()
            .AddSmcpEngine());
    }

    /// <summary>
    /// Orleans' default directory of grains forgets what was registered with a silo that leaves, and ends those
    /// activations wherever they are, with their calls; this one hands it over.
    /// </summary>
    private static ISiloBuilder UseSteadyDirectory(this ISiloBuilder silo) =>
#pragma warning disable ORLEANSEXP003 // It is called experimental; the fault matrix shows the default losing calls.
        silo.AddDistributedGrainDirectory()
#pragma warning restore ORLEANSEXP003
            // It would keep a dead silo's grains from coming up elsewhere for as long as that might still write; what a
            // stale activation writes is refused by its fence.
            .Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = TimeSpan.Zero);

    private static void Configure(ClusterMembershipOptions options, MembershipOptions membership)
    {
        options.ProbeTimeout = membership.ProbeTimeout;
        options.MinProbeTimeout = membership.ProbeTimeout / 4;
        options.MaxProbeTimeout = membership.ProbeTimeout * 2;
        options.NumMissedProbesLimit = membership.MissedProbesMax;
        options.NumVotesForDeathDeclaration = membership.VotesMin;
        options.IAmAliveTablePublishTimeout = membership.AlivePeriod;
        options.MaxJoinAttemptTime = membership.JoinTimeout;
        options.TableRefreshTimeout = membership.RefreshPeriod;
    }

    private static TOptions Read<TOptions>(IHostApplicationBuilder builder, string section)
        where TOptions : new() =>
        builder.Configuration.GetSection(section).Get<TOptions>() ?? new TOptions();
}
