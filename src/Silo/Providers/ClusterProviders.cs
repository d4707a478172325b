using System.Net;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Providers;
using Orleans.Storage;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Nodes;
using Smcp.Storage;

namespace Smcp.Providers;

/// <summary>
/// What the cluster stands on, as <see cref="ProviderOptions"/> says: its members, grain state and logs, reminders,
/// and the bells. Called before the engine is added. Addresses and ports of a node are not its affair, but for the
/// store in memory, which is for loopback only.
/// </summary>
internal static class ClusterProviders
{
    public static ISiloBuilder UseProviders(this ISiloBuilder silo, IConfiguration configuration, NodeOptions node)
    {
        var options = silo.Services.AddProviders(configuration);
        switch (options.Store)
        {
            case StoreKind.Postgres:
                silo.Services.AddPostgresStorage();
                return silo.UseStore(options);
            case StoreKind.AzureBlobs:
                silo.Services.AddBlobStorage();
                return silo.UseStore(options);
            case StoreKind.Memory:
                return silo
                    .UseLocalhostClustering(
                        node.SiloPort, node.GatewayPort, new IPEndPoint(IPAddress.Loopback, node.PrimarySiloPort))
                    .AddMemoryGrainStorage(ShellServices.StorageName)
                    .AddMemoryGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME)
                    .UseInMemoryReminderService();
            default:
                throw new NotSupportedException($"The store {options.Store} is not known.");
        }
    }

    public static IClientBuilder UseProviders(
        this IClientBuilder client, IConfiguration configuration, NodeOptions node)
    {
        var options = client.Services.AddProviders(configuration);
        switch (options.Store)
        {
            case StoreKind.Postgres:
                client.Services.AddPostgresNodes();
                return client.UseStore(options);
            case StoreKind.AzureBlobs:
                client.Services.AddBlobNodes();
                return client.UseStore(options);
            case StoreKind.Memory:
                return client.UseLocalhostClustering(node.GatewayPort);
            default:
                throw new NotSupportedException($"The store {options.Store} is not known.");
        }
    }

    private static ISiloBuilder UseStore(this ISiloBuilder silo, ProviderOptions options)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, "smcp"));
        silo.AddReminders();
        var services = silo.Services;
        services.AddSingleton<IMembershipTable, StoredMembershipTable>();
        services.AddSingleton<IReminderTable, StoredReminderTable>();
        services.AddSingleton<OrleansGrainStorageSerializer>();
        services.AddKeyedSingleton<Orleans.Storage.IGrainStorage, NodeStateStorage>(
            ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
        return silo;
    }

    private static IClientBuilder UseStore(this IClientBuilder client, ProviderOptions options)
    {
        client.Configure<ClusterOptions>(
            cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, "smcp"));
        client.Services.AddSingleton<StoredGatewayList>();
        client.Services.AddSingleton<IGatewayListProvider>(
            provider => provider.GetRequiredService<StoredGatewayList>());
        client.Services.AddSingleton<IDepartedSilos>(provider => provider.GetRequiredService<StoredGatewayList>());
        return client;
    }

    /// <summary>What the options say, and the bells, which are the same on every node.</summary>
    private static ProviderOptions AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<ProviderOptions>(ProviderOptions.Section);
        var options = configuration.GetSection(ProviderOptions.Section).Get<ProviderOptions>() ?? new ProviderOptions();
        if (options.Bells == BellKind.Postgres)
        {
            services.AddPostgresBells();
            if (options.Store != StoreKind.Postgres)
            {
                services.AddPostgresNodes();
            }
        }

        return options;
    }
}
