using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine;
using Smcp.Engine.Faults;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Reminders;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.Tenants;
using Smcp.TestSupport;
using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>Audit logs and a trail, in an engine over stores that outlive it.</summary>
internal sealed class AuditHost : IAsyncDisposable
{
    public static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly Action<AuditOptions>? _configure;
    private readonly Action<AuditTrailOptions>? _configureTrail;
    private MortalStorage _process;
    private ServiceProvider _services;

    private AuditHost(Action<AuditOptions>? configure, Action<AuditTrailOptions>? configureTrail)
    {
        _configure = configure;
        _configureTrail = configureTrail;
        Time = new SkewedTimeProvider(Clock);
        _process = new MortalStorage(States, Logs);
        _services = Build();
    }

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>The clock as the process reads it: it can be wrong.</summary>
    public SkewedTimeProvider Time { get; }

    public InMemoryGrainStorage States { get; } = new();

    public InMemoryLogStorage Logs { get; } = new();

    public InMemoryReminderStore Reminders { get; } = new();

    public IAuditTrail Trail => _services.GetRequiredService<IAuditTrail>();

    public IAuditGrain Grain => GrainOf(Acme);

    public ITenantGrain Tenant => _services.GetRequiredService<IGrainLocator>().Locate<ITenantGrain>("acme");

    public static CallContext Auditor(string tenant = "acme", string permission = "admin.read:audit") => new()
    {
        Tenant = TenantId.Parse(tenant),
        Principal = PrincipalId.Parse("auditor"),
        Scopes = [McpScopes.Admin],
        Permissions = [permission],
        Revision = McpRevision.V20251125.Value,
        CorrelationId = "test",
    };

    public static async Task<AuditHost> StartAsync(
        Action<AuditOptions>? configure = null, Action<AuditTrailOptions>? configureTrail = null)
    {
        var host = new AuditHost(configure, configureTrail);
        await host.BeginAsync();
        return host;
    }

    public IAuditGrain GrainOf(TenantId tenant) =>
        _services.GetRequiredService<IGrainLocator>().Locate<IAuditGrain>(tenant.ToString());

    /// <summary>The process is gone as it stands; a new one begins over what it left in storage.</summary>
    public async Task CrashAsync()
    {
        _process.Die();
        var dead = _services;
        _process = new MortalStorage(States, Logs);
        _services = Build();
        await BeginAsync();
        await dead.DisposeAsync();
    }

    /// <summary>Lets so many sweeps come, one period of time after the other.</summary>
    public async Task SweepsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var swept = Swept;
            Clock.Advance(TimeSpan.FromHours(1));
            await Wait.UntilAsync(() => Swept > swept, "the sweep", () => Clock.Advance(TimeSpan.FromSeconds(1)));
        }
    }

    /// <summary>The process is told to stop, as a host does it.</summary>
    public async Task StopAsync()
    {
        var services = _services.GetServices<IHostedService>().Reverse().ToList();
        foreach (var service in services.OfType<IHostedLifecycleService>())
        {
            await service.StoppingAsync(default);
        }

        foreach (var service in services)
        {
            await service.StopAsync(default);
        }
    }

    public static AuditEvent Event(
        string action = AuditActions.ServerDeployed, string? target = null, AuditOutcome outcome = default) =>
        new() { Tenant = Acme, Action = action, Outcome = outcome, Principal = "alice", Target = target };

    /// <summary>Records some, numbered from a number, one by one.</summary>
    public async Task RecordAsync(int count, int from = 1)
    {
        for (var i = from; i < from + count; i++)
        {
            Assert.True(await Trail.RecordNowAsync(Event(target: $"server/{i}"), default));
        }
    }

    /// <summary>Everything in the log, the oldest first.</summary>
    public async Task<IReadOnlyList<AuditEvent>> EventsAsync(AuditQuery? query = null)
    {
        List<AuditEvent> events = [];
        var asked = (query ?? new AuditQuery()) with { IsOldestFirst = true };
        await foreach (var page in Grain.ExportAsync(Auditor(), asked, default))
        {
            Assert.Null(page.Fault);
            events.AddRange(page.Records.Select(record => record.ReadEntry().Event));
        }

        return events;
    }

    /// <summary>The whole chain's breaks.</summary>
    public async Task<IReadOnlyList<AuditBreak>> BreaksAsync()
    {
        List<AuditBreak> breaks = [];
        for (long? after = 0; after is { } position;)
        {
            var part = await Grain.VerifyAsync(Auditor(), position, default);
            Assert.Null(part.Fault);
            breaks.AddRange(part.Breaks);
            after = part.Next;
        }

        return breaks;
    }

    /// <summary>Events of an action that reached the store.</summary>
    public int Stored(string? action = null)
    {
        var read = Logs.ReadAsync($"audit/{Acme}", 0, int.MaxValue, default).AsTask();
        Assert.True(read.IsCompletedSuccessfully);
        return read.Result.Count(record => AuditLog.EntryOf(record) is { } entry
            && (action is null || entry.Event.Action == action));
    }

    /// <summary>
    /// Waits until so many events are stored and the trail knows it: before that, a clock that moves on would end the
    /// call that stored them, and the trail would send them again.
    /// </summary>
    public Task RestsAsync(int stored, string awaited) => Wait.UntilAsync(
        () => Stored() == stored && _services.GetRequiredService<AuditTrail>().Held == 0, awaited);

    /// <summary>What somebody with the file could do: the log's records are what the change leaves of them.</summary>
    public async Task TamperAsync(Action<List<ReadOnlyMemory<byte>>> change)
    {
        var name = $"audit/{Acme}";
        var records = await Logs.ReadAsync(name, 0, int.MaxValue, default);
        List<ReadOnlyMemory<byte>> payloads = [.. records.Select(record => record.Payload)];
        change(payloads);
        await Logs.DeleteAsync(name, default);
        await Logs.AppendAsync(name, 1, payloads, default);
    }

    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> payload, string from, string to)
    {
        Assert.Equal(from.Length, to.Length);
        var text = Encoding.Latin1.GetString(payload.Span);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private TimeSpan Swept => States.States.TryGetValue(new StateAddress("audit", "acme", "head"), out var head)
        ? JsonSerializer.Deserialize<AuditHead>(head.Payload.Span, WireJson.Options)!.Swept
        : TimeSpan.Zero;

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
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IGrainStorage>(_process);
        services.AddSingleton<ILogStorage>(_process);
        services.AddSingleton<IReminderStore>(Reminders);
        services.AddTenants();
        services.AddEmbeddedEngine();
        services.AddAudit();
        services.Configure<AuditOptions>(options => _configure?.Invoke(options));
        services.Configure<AuditTrailOptions>(options => _configureTrail?.Invoke(options));
        services.Configure<EngineFaultOptions>(faults => faults.WireForm = true);
        return services.BuildServiceProvider();
    }
}
