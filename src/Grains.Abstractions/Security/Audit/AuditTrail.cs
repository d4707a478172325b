using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Security.Audit;

/// <summary>
/// Sends what a process records to the grains that keep it: one lane a tenant, so that a tenant whose store fails
/// holds up nobody else's.
/// </summary>
internal sealed partial class AuditTrail : IAuditTrail, IHostedLifecycleService, IDisposable
{
    private readonly IGrainLocator _grains;
    private readonly TimeProvider _time;
    private readonly AuditTrailOptions _options;
    private readonly ILogger<AuditTrail> _logger;
    private readonly AuditWindows _windows;
    private readonly Lock _windowsGate = new();
    private readonly ConcurrentDictionary<TenantId, AuditLane> _lanes = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _source = Guid.NewGuid().ToString("N")[..16];
    private ITimer? _sweep;
    private long _number;
    private int _held;

    public AuditTrail(
        IGrainLocator grains, TimeProvider time, IOptions<AuditTrailOptions> options, ILogger<AuditTrail> logger)
    {
        _grains = grains;
        _time = time;
        _options = options.Value;
        _logger = logger;
        _windows = new AuditWindows(_options);
    }

    /// <summary>Events that wait, or are being sent.</summary>
    public int Held => Volatile.Read(ref _held);

    public void Record(AuditEvent auditEvent)
    {
        var clean = Stamp(auditEvent);
        lock (_windowsGate)
        {
            if (!_windows.Admits(clean, _time.GetUtcNow()))
            {
                _sweep ??= _time.CreateTimer(_ => CloseWindows(_time.GetUtcNow()), null, SweepPeriod, SweepPeriod);
                return;
            }
        }

        Add(clean);
    }

    public async ValueTask<bool> RecordNowAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.RecordTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var clean = Stamp(auditEvent);
            var fault = await _grains.Locate<IAuditGrain>(clean.Tenant.ToString())
                .AppendAsync(new AuditBatch { Events = [clean] }, either.Token).AsTask().WaitAsync(either.Token);
            if (fault is not null)
            {
                LogRefused(_logger, clean.Tenant, clean.Action, fault.Message);
            }

            return fault is null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: what could not be recorded must not be done.
            LogNotRecorded(_logger, auditEvent.Tenant, exception);
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything stops: from here on nothing waits for others.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _sweep?.Dispose();
        _stopping.Dispose();
    }

    private TimeSpan SweepPeriod => _options.FailureWindow < _options.SuccessWindow
        ? _options.FailureWindow
        : _options.SuccessWindow;

    private AuditEvent Stamp(AuditEvent auditEvent) => AuditText.Clean(auditEvent, _time) with
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{_source}-{Interlocked.Increment(ref _number)}"),
    };

    private void CloseWindows(DateTimeOffset? now)
    {
        IReadOnlyList<AuditEvent> records;
        lock (_windowsGate)
        {
            records = _windows.Close(now);
            if (_windows.Count == 0)
            {
                _sweep?.Dispose();
                _sweep = null;
            }
        }

        foreach (var record in records)
        {
            Add(record);
        }
    }

    private void Add(AuditEvent auditEvent)
    {
        var lane = _lanes.GetOrAdd(auditEvent.Tenant, _ => new AuditLane(_options.EventsPerTenantMax));
        var hasRoom = Interlocked.Increment(ref _held) <= _options.EventsMax;
        if (!lane.TryAdd(auditEvent, hasRoom, out var mustRun))
        {
            Interlocked.Decrement(ref _held);
        }

        if (mustRun)
        {
            var pause = PauseAsync(_options.FlushInterval);
            var run = Task.Run(() => RunAsync(auditEvent.Tenant, lane, pause));
            _running[run] = true;
            _ = run.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task RunAsync(TenantId tenant, AuditLane lane, Task pause)
    {
        await pause;
        while (lane.TryTake(_options.BatchMax, out var events, out var dropped))
        {
            var batch = dropped == 0 ? events : [Missing(tenant, dropped), .. events];
            await SendAsync(tenant, new AuditBatch { Events = batch });
            Interlocked.Add(ref _held, -events.Count);
        }
    }

    /// <summary>Sends until it is stored, or the process has no more time.</summary>
    private async Task SendAsync(TenantId tenant, AuditBatch batch)
    {
        var delay = _options.FlushInterval;
        for (var isKnown = true; ; isKnown = false)
        {
            var wasStopping = _stopping.IsCancellationRequested;
            try
            {
                var fault = await _grains.Locate<IAuditGrain>(tenant.ToString())
                    .AppendAsync(batch with { IsRepeat = !isKnown }, CancellationToken.None);
                if (fault is null)
                {
                    return;
                }

                LogRefused(_logger, tenant, AuditActions.AuditDropped, fault.Message);
            }
            catch (Exception exception)
            {
                // Whatever it is: the events are held and sent again.
                LogNotRecorded(_logger, tenant, exception);
            }

            if (wasStopping)
            {
                LogLost(_logger, batch.Events.Count, tenant);
                return;
            }

            delay = TimeSpan.FromTicks(Math.Min(2 * delay.Ticks, _options.RetryDelayMax.Ticks));
            await PauseAsync(delay);
        }
    }

    private AuditEvent Missing(TenantId tenant, long count) => Stamp(new AuditEvent
    {
        Tenant = tenant,
        Action = AuditActions.AuditDropped,
        Outcome = AuditOutcome.Failure,
        Reason = "too many events waited",
        Count = count,
    });

    private async Task PauseAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _time, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The process stops: what waited is sent now.
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        CloseWindows(now: null);
        var all = Task.WhenAll(_running.Keys);
        await Task.WhenAny(all, Task.Delay(_options.DrainTimeout, _time, cancellationToken));
    }
}
