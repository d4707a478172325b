using System.Collections.Concurrent;

namespace Smcp.Network;

/// <summary>
/// How many log lines a kind may have in a minute, so that nobody fills the log by doing the same thing again. What had
/// none is told as a number when the kind comes up in a later minute. Kinds are words of ours and names of the
/// configuration, so there are few. Any thread.
/// </summary>
internal sealed class LineBudget(TimeProvider time, int linesPerMinute)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Held> _kinds = new(StringComparer.Ordinal);

    /// <summary>Whether this one gets its line; and how many of a minute that is over had none.</summary>
    public (bool HasLine, long Unsaid) Spend(string kind)
    {
        var held = _kinds.GetOrAdd(kind, static _ => new Held());
        var now = time.GetTimestamp();
        lock (held.Gate)
        {
            var unsaid = 0L;
            if (held.Count == 0 || time.GetElapsedTime(held.BeganAt, now) >= Window)
            {
                unsaid = Math.Max(0, held.Count - linesPerMinute);
                held.BeganAt = now;
                held.Count = 0;
            }

            return (++held.Count <= linesPerMinute, unsaid);
        }
    }

    /// <summary>The minute of one kind.</summary>
    private sealed class Held
    {
        public readonly Lock Gate = new();
        public long BeganAt;
        public long Count;
    }
}
