using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Reminders;
using Smcp.Security.Encryption;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Tenants;

/// <summary>Tenants and their keys, in an engine over stores that outlive it, with a fake of the encryption.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private readonly InMemoryGrainStorage _states = new();
    private ServiceProvider _services;

    private TenantHost() => _services = Build();

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryLogStorage Logs { get; } = new();

    public InMemoryReminderStore Reminders { get; } = new();

    public FakeKeyGrain Encryption { get; } = new();

    public Action<TenantOptions>? Configure { get; set; }

    public IGrainLocator Grains => _services.GetRequiredService<IGrainLocator>();

    public ITenantDirectoryGrain Directory => Grains.Locate<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key);

    public static CallContext Operator { get; } = ContextOf("platform", "platform.*:*", "admin.*:*");

    public static CallContext AdminOf(string tenant) => ContextOf(tenant, "mcp.*:*", "admin.*:*");

    public static CallContext ContextOf(string tenant, params string[] permissions) => new()
    {
        Tenant = TenantId.Parse(tenant),
        Principal = PrincipalId.Parse("user:root"),
        Scopes = [McpScopes.Admin],
        Permissions = permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };

    public static async Task<TenantHost> StartAsync()
    {
        var host = new TenantHost();
        await host.BeginAsync();
        return host;
    }

    public ITenantGrain Tenant(string id) => Grains.Locate<ITenantGrain>(id);

    public IApiKeysGrain Keys(string id) => Grains.Locate<IApiKeysGrain>(id);

    public async Task<TenantOutcome> ProvisionAsync(string id, TenantConfiguration? configuration = null) =>
        await Tenant(id).ProvisionAsync(Operator, configuration ?? new TenantConfiguration(), default);

    /// <summary>The process ends, and another begins over what it stored.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
        await BeginAsync();
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task BeginAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IGrainStorage>(_states);
        services.AddSingleton<ILogStorage>(Logs);
        services.AddSingleton<IReminderStore>(Reminders);
        services.AddTenants().AddIdentity().AddEmbeddedEngine();
        services.AddSingleton(new GrainRegistration(typeof(IKeyGrain), (_, _) => new FakeKeyGrainProxy(Encryption)));
        services.Configure<TenantOptions>(options => Configure?.Invoke(options));
        return services.BuildServiceProvider();
    }
}
