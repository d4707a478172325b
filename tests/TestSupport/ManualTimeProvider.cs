namespace Smcp.TestSupport;

/// <summary>
/// A clock that stands still until it is told to advance, and then fires the timers that became due, in order.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Completes when at least <paramref name="count"/> timers are set: arm it before the act that sets one.
    /// </summary>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(timers => timers.Count >= count, cancellationToken);

    /// <summary>Completes once a timer is set that falls due so long from now, whatever others are set.</summary>
    public Task WaitForTimerAsync(TimeSpan due, CancellationToken cancellationToken = default) =>
        WaitAsync(timers => timers.Exists(timer => timer.DueAt == _now + due), cancellationToken);

    /// <summary>Moves the clock and runs every timer that falls due on the way, at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? due;
            lock (_gate)
            {
                due = _timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
                _now = due is null ? target : due.DueAt > _now ? due.DueAt : _now;
                if (due is null)
                {
                    return;
                }

                due.Reschedule(_now, _timers);
            }

            due.Fire();
        }
    }

    /// <summary>
    /// Moves the clock at once, as a machine that slept: a timer that fell due fires once, however often it would have.
    /// </summary>
    public void Leap(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(t => t.DueAt <= _now).OrderBy(t => t.DueAt)];
            foreach (var timer in due)
            {
                timer.Reschedule(_now, _timers);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    internal void Set(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime >= TimeSpan.Zero)
            {
                timer.DueAt = _now + dueTime;
                _timers.Add(timer);
            }

            var set = _timerSet;
            _timerSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            set.TrySetResult();
        }
    }

    private async Task WaitAsync(Predicate<List<ManualTimer>> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo(_timers))
                {
                    return;
                }

                changed = _timerSet.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
