using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers.Health;

/// <summary>
/// Tells the server's grain how an instance is, and hears whether it may go on: from its start, as something happens,
/// and now and then. What was revoked, drained or stopped so ends also where its grain could not say so. Its timer
/// keeps no instance alive.
/// </summary>
internal sealed class InstanceWatch(
    IActivationContext activation,
    InstanceKey key,
    IEngineFailures failures,
    InstanceOptions options,
    InstanceHealth health,
    RuntimeHolder holder,
    TimeSpan checkPeriod)
{
    /// <summary>What came with the process is seldom over: it asks less often.</summary>
    private const int PeriodsWithoutVersion = 6;

    private readonly CallContext _own = new()
    {
        Tenant = key.Tenant,
        Principal = PrincipalId.Parse("host"),
        Revision = string.Empty,
        CorrelationId = "instance-watch",
    };

    private IDisposable? _timer;
    private Task? _reporting;
    private Task? _checking;
    private long _checkedAt;
    private bool _again;
    private bool _hasBegun;

    /// <summary>It may serve nobody any more. Set by the grain, which ties the parts together.</summary>
    public Action<McpFault> OnOver { get; set; } = static _ => { };

    private TimeSpan Period =>
        key.Version is null ? options.VersionWatchPeriod * PeriodsWithoutVersion : options.VersionWatchPeriod;

    /// <summary>The runtime was started.</summary>
    public void Begin()
    {
        if (!key.IsForManifest)
        {
            _hasBegun = true;
            _checkedAt = activation.Time.GetTimestamp();
            _timer ??= activation.RegisterTimer(LookAsync, Period, Period);
            Tell();
        }
    }

    /// <summary>Something happened.</summary>
    public void Tell() => _ = TellAsync();

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>The last word: it ends.</summary>
    public async Task EndAsync()
    {
        Stop();
        if (!_hasBegun)
        {
            return;
        }

        _hasBegun = false;
        await SendAsync(health.Report(isRunning: false, isStarting: false, Period) with { IsLast = true });
    }

    private Task LookAsync(CancellationToken cancellationToken)
    {
        if (holder.Current is ICheckedRuntime runtime && _checking is null or { IsCompleted: true }
            && activation.Time.GetElapsedTime(_checkedAt) >= checkPeriod)
        {
            _checkedAt = activation.Time.GetTimestamp();
            _checking = Task.Run(() => runtime.CheckAsync(CancellationToken.None).AsTask(), CancellationToken.None);
        }

        return TellAsync();
    }

    /// <summary>One report at a time; what happens meanwhile is in the next.</summary>
    private Task TellAsync()
    {
        if (_timer is null)
        {
            return Task.CompletedTask;
        }

        if (_reporting is { IsCompleted: false })
        {
            _again = true;
            return Task.CompletedTask;
        }

        return _reporting = ReportAsync();
    }

    private async Task ReportAsync()
    {
        do
        {
            _again = false;
            var report = health.Report(holder.Current is not null, holder.IsStarting, Period);
            if (await SendAsync(report) is { } over && _timer is not null)
            {
                Stop();
                OnOver(over);
            }
        }
        while (_again && _timer is not null);
    }

    private async Task<McpFault?> SendAsync(InstanceReport report)
    {
        try
        {
            var server = activation.Grains.Locate<IServerGrain>(new ServerKey(key.Tenant, key.Server).ToString());
            return await server.AttendAsync(_own, report, CancellationToken.None);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            // Nobody said that it is over; it is told again.
            health.Restore(report);
            return null;
        }
    }
}
