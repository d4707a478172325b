namespace Smcp.Providers;

/// <summary>
/// Tells silos that left from silos that were lost, by what the list of members says from one look to the next: who
/// leaves says so itself, who is lost is voted dead by others.
/// </summary>
internal sealed class Departures(TimeProvider time)
{
    /// <summary>A connection ends soon after its silo left, or never was.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<long> _left = [];
    private HashSet<string> _serving = [];

    public void Look(IReadOnlyList<Member> members)
    {
        lock (_gate)
        {
            foreach (var member in members)
            {
                if (_serving.Contains(member.Address) && HasLeft(member))
                {
                    _left.Enqueue(time.GetTimestamp());
                }
            }

            _serving = [.. members.Where(m => m.Status == SiloStatus.Active).Select(m => m.Address)];
        }
    }

    /// <summary>Whether a silo left that was not taken before.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            while (_left.TryDequeue(out var leftAt))
            {
                if (time.GetElapsedTime(leftAt) < Lifetime)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static bool HasLeft(Member member) =>
        member.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead
        && member.Suspicions.All(vote => vote.By == member.Address);
}
