namespace Smcp.TestSupport;

internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public DateTimeOffset DueAt { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        clock.Set(this, dueTime);
        return true;
    }

    public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Under the clock's lock: stands in the list again if it is periodic.</summary>
    internal void Reschedule(DateTimeOffset now, List<ManualTimer> timers)
    {
        if (_period > TimeSpan.Zero)
        {
            DueAt = now + _period;
        }
        else
        {
            timers.Remove(this);
        }
    }

    internal void Fire() => callback(state);
}
