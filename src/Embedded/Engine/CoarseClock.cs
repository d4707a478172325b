namespace Smcp.Engine;

/// <summary>
/// The time of the last sweep: reading it costs nothing, which is what noting the last use of an activation may cost.
/// </summary>
internal sealed class CoarseClock(TimeProvider time)
{
    private long _timestamp = time.GetTimestamp();

    public long Timestamp => Volatile.Read(ref _timestamp);

    public void Tick() => Volatile.Write(ref _timestamp, time.GetTimestamp());
}
