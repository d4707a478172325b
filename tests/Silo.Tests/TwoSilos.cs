using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using Smcp.Engine;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Encryption;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>A cluster of two silos in this process, with a client, over storage that outlives both.</summary>
public class TwoSilos : IAsyncLifetime
{
    private readonly SharedGrainStorage _storage = new(new InMemoryGrainStorage(), new WireGrainStorageSerializer());
    private InProcessTestCluster? _cluster;

    internal InProcessTestCluster Cluster =>
        _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    /// <summary>How long a call waits for its response.</summary>
    protected virtual TimeSpan ResponseTimeout => TimeSpan.FromSeconds(15);

    internal IServiceProvider Client => Cluster.Client.ServiceProvider;

    internal IServiceProvider Silo(int index) => Cluster.GetSiloServiceProvider(Cluster.Silos[index].SiloAddress);

    /// <summary>Which silo a grain is on.</summary>
    internal int SiloOf(string grainType, string key) =>
        Cluster.TryGetGrainContext(GrainId.Create(grainType, key), out var grain)
            ? Cluster.Silos.ToList().FindIndex(silo => silo.SiloAddress.Equals(grain.Address.SiloAddress))
            : throw new InvalidOperationException($"{grainType}/{key} is not active.");

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddSmcpEngine();
            silo.Services.AddKeyedSingleton<Orleans.Storage.IGrainStorage>(ShellServices.StorageName, _storage);
            silo.Services.Configure<EncryptionOptions>(options =>
                options.MasterKeys = $"1:{Convert.ToBase64String(new byte[32])}");
            silo.AddMemoryGrainStorage(Orleans.Providers.ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
            silo.UseInMemoryReminderService();
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2);
            });
            AddProbe(silo.Services);
            AddProduct(silo.Services);
            Configure(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddSmcpEngine();
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
            AddProbe(client.Services);
            Configure(client);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>Another holder of the cluster's grain state, as a second activation would be.</summary>
    internal Storage.IGrainStorage NewStorage() => Silo(0).GetRequiredService<Storage.IGrainStorage>();

    protected virtual void Configure(ISiloBuilder silo)
    {
    }

    protected virtual void Configure(IClientBuilder client)
    {
    }

    private static void AddProduct(IServiceCollection services) => services
        .Configure<SessionOptions>(options => options.HeartbeatPeriod = TimeSpan.FromSeconds(1))
        .Configure<CSharpRuntimeOptions>(options => options.Access = ServerAccessKind.Public)
        .AddGrains(typeof(RelayServer).Assembly);

    private static void AddProbe(IServiceCollection services) =>
        services.AddShell<IProbeGrain, IProbeShell>().AddJsonMessages([typeof(ProbeReport)]);
}
