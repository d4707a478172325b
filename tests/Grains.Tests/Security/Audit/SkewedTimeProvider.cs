namespace Smcp.Security.Audit;

/// <summary>A clock that is wrong by so much; its timers are right, as those of a machine are.</summary>
internal sealed class SkewedTimeProvider(TimeProvider clock) : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Skew;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
