namespace Smcp.Engine.Calls;

/// <summary>
/// The calls that went unanswered into their caller's await, by deadline. All have the same time-out, so each list is
/// in order by itself; there are several so that callers on different threads seldom meet.
/// </summary>
internal sealed class PendingCalls(TimeProvider time, TimeSpan timeout)
{
    private const int ListCount = 8;

    private readonly PendingList[] _lists = [.. Enumerable.Range(0, ListCount).Select(_ => new PendingList())];
    private readonly long _timeoutTicks = (long)(timeout.TotalSeconds * time.TimestampFrequency);

    public void Add(GrainCall call)
    {
        var index = Environment.CurrentManagedThreadId % ListCount;
        call.Link.Pending = this;
        call.Link.List = index;
        call.Link.Deadline = time.GetTimestamp() + _timeoutTicks;
        _lists[index].Append(call);
    }

    public void Remove(GrainCall call) => _lists[call.Link.List].Remove(call);

    /// <summary>Fails the calls whose deadline has passed.</summary>
    public void Expire()
    {
        var now = time.GetTimestamp();
        foreach (var list in _lists)
        {
            while (list.TakeExpired(now) is { } call)
            {
                if (!call.IsHeld)
                {
                    call.Abandon(new TimeoutException(
                        $"{call.Target} did not answer {call.Name} within {timeout}. Its outcome is unknown."));
                }
            }
        }
    }

    /// <summary>A call's place among the pending.</summary>
    internal struct Link
    {
        public PendingCalls? Pending;
        public GrainCall? Previous;
        public GrainCall? Next;
        public long Deadline;
        public int List;
        public bool IsIn;
    }
}
