namespace Smcp.Servers.Health;

/// <summary>What happened within a time, counted by slices of it.</summary>
internal sealed class CountWindow(TimeProvider time, TimeSpan length)
{
    private const int Slices = 20;

    private readonly Slice[] _slices = new Slice[Slices];

    public void Add(long calls, long failures, long exits)
    {
        var now = Number();
        ref var slice = ref _slices[now % Slices];
        slice = slice.Number == now ? slice : new Slice { Number = now };
        slice.Calls += calls;
        slice.Failures += failures;
        slice.Exits += exits;
    }

    public (long Calls, long Failures, long Exits) Sum()
    {
        var since = Number() - Slices;
        var (calls, failures, exits) = (0L, 0L, 0L);
        foreach (var slice in _slices)
        {
            if (slice.Number > since)
            {
                calls += slice.Calls;
                failures += slice.Failures;
                exits += slice.Exits;
            }
        }

        return (calls, failures, exits);
    }

    /// <summary>Nothing happened yet.</summary>
    public void Clear() => Array.Clear(_slices);

    private long Number() => time.GetUtcNow().Ticks / (length.Ticks / Slices);

    private struct Slice
    {
        public long Number;
        public long Calls;
        public long Failures;
        public long Exits;
    }
}
