using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Data;
using Smcp.Engine;
using Smcp.Engine.Faults;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Reminders;
using Smcp.Runtimes;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Masters;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Security.Secrets;

/// <summary>What is kept for servers, on the embedded engine over encrypted stores that outlive it.</summary>
internal sealed class TenantDataHost : IAsyncDisposable
{
    private readonly Action<IServiceCollection>? _configure;
    private ServiceProvider _services;

    private TenantDataHost(MemoryStores stores, Action<IServiceCollection>? configure, MortalStores? mortal)
    {
        Stores = stores;
        _configure = configure;
        _services = Build(mortal);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryStores Stores { get; }

    public InMemoryReminderStore Reminders { get; } = new();

    public RecordedAudit Trail { get; } = new();

    public CollectedLog Log { get; } = new();

    public IGrainLocator Grains => Get<IGrainLocator>();

    public static async Task<TenantDataHost> StartAsync(
        Action<IServiceCollection>? configure = null, MemoryStores? stores = null, MortalStores? mortal = null)
    {
        var host = new TenantDataHost(stores ?? new MemoryStores(), configure, mortal);
        await host.BeginAsync();
        return host;
    }

    public static CallContext Admin(string tenant, params string[] permissions) => new()
    {
        Tenant = TenantId.Parse(tenant),
        Principal = PrincipalId.Parse("user:root"),
        Scopes = [McpScopes.Admin],
        Permissions = permissions.Length == 0 ? ["admin.*:*"] : permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };

    /// <summary>The process is gone, and another begins over what it stored.</summary>
    public async Task RestartAsync()
    {
        var dead = _services;
        _services = Build(mortal: null);
        await BeginAsync();
        await dead.DisposeAsync();
    }

    public T Get<T>()
        where T : notnull =>
        _services.GetRequiredService<T>();

    public ISecretsGrain Secrets(string tenant) => Grains.Locate<ISecretsGrain>(tenant);

    /// <summary>The secrets as a new instance of a server sees them.</summary>
    public IServerSecrets SecretsOf(string instance) => new GrainSecrets(
        Grains,
        Get<IEngineFailures>(),
        Clock,
        InstanceKey.Parse(instance),
        Get<IOptions<SecretOptions>>().Value);

    /// <summary>Everything that is kept for a server, as a new instance of it sees it.</summary>
    public ServerData DataOf(string instance) => Get<InstanceData>().Of(InstanceKey.Parse(instance));

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private ServiceProvider Build(MortalStores? mortal)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IAuditTrail>(Trail);
        services.AddSingleton<IMasterKeys>(Stores.Masters);
        services.AddKeyedSingleton<IGrainStorage>(RawStorage.Key, mortal ?? (IGrainStorage)Stores.States);
        services.AddKeyedSingleton<ILogStorage>(RawStorage.Key, mortal ?? (ILogStorage)Stores.Logs);
        services.AddKeyedSingleton(RawStorage.Key, mortal ?? Stores.Inventory);
        services.Configure<EncryptionOptions>(options => options.MasterKeyFile = "none");
        services.AddStorageEncryption();
        services.AddSingleton<IReminderStore>(Reminders);
        services.AddEmbeddedEngine();
        services.Configure<EngineFaultOptions>(faults => faults.WireForm = true);
        services.AddIdentity().AddSecrets().AddServerData();
        services.AddSingleton<InstanceData>();
        services.AddSingleton(new TenantQuotas());
        services.AddSingleton(new GrainRegistration(
            typeof(ITenantGrain),
            (provider, activation) => new FakeTenant(
                () => TenantOf(activation.Key, provider.GetRequiredService<TenantQuotas>()))));
        _configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>All tenants are there but <c>nobody</c>.</summary>
    private static TenantSnapshot TenantOf(string key, TenantQuotas quotas) => new()
    {
        Status = key == "nobody" ? TenantStatus.None : TenantStatus.Active,
        Version = 1,
        Quotas = quotas,
    };

    private async Task BeginAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }
}
