using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Reminders;
using Smcp.Storage;
using Smcp.TestSupport;
using Smcp.Usage.Billing;

namespace Smcp.Usage;

/// <summary>The ledger of the default tenant, in an engine over stores that outlive it.</summary>
internal sealed class UsageHost(Action<UsageOptions>? configure) : IAsyncDisposable
{
    private readonly InMemoryGrainStorage _states = new();
    private readonly InMemoryReminderStore _reminders = new();
    private ServiceProvider _services = null!;

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryLogStorage Logs { get; } = new();

    public RecordingSink Sink { get; } = new();

    public IUsageGrain Ledger => _services.GetRequiredService<IGrainLocator>().Locate<IUsageGrain>("default");

    public static CallContext Admin { get; } = Context("admin.*:*");

    public static CallContext Context(params string[] permissions) => new()
    {
        Tenant = TenantId.Default,
        Principal = PrincipalId.Parse("user:root"),
        Scopes = [McpScopes.Admin],
        Permissions = permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };

    public static async Task<UsageHost> StartAsync(Action<UsageOptions>? configure = null)
    {
        var host = new UsageHost(configure);
        await host.BeginAsync();
        return host;
    }

    /// <summary>The process ends, and another begins over what it stored.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        await BeginAsync();
    }

    public async Task AddAsync(
        string server, string tool, string principal, long calls = 1, long number = 0)
    {
        await Ledger.AddAsync(
            new UsageReport
            {
                Source = number == 0 ? Guid.NewGuid().ToString() : "numbered",
                Number = Math.Max(1, number),
                Server = server,
                Counts =
                [
                    new UsageCount
                    {
                        Method = "tools/call",
                        Tool = tool,
                        Principal = principal,
                        Totals = new UsageTotals
                        {
                            Calls = calls,
                            Errors = 1,
                            Microseconds = 10,
                            BytesIn = 3,
                            BytesOut = 5,
                        },
                    },
                ],
            },
            default);
    }

    public async Task<UsagePage> QueryAsync(UsageQuery query) => await Ledger.QueryAsync(Admin, query, default);

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task BeginAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEmbeddedEngine();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IGrainStorage>(_states);
        services.AddSingleton<ILogStorage>(Logs);
        services.AddSingleton<IReminderStore>(_reminders);
        services.AddIdentity();
        services.AddUsage();
        services.AddSingleton<IUsageSink>(Sink);
        services.Configure<UsageOptions>(options => configure?.Invoke(options));
        _services = services.BuildServiceProvider();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }
}
