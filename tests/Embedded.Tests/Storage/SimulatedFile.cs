namespace Smcp.Storage;

/// <summary>
/// A file of <see cref="SimulatedDisk"/>: what is on the disk, and what was done since the last sync.
/// </summary>
internal sealed class SimulatedFile
{
    private readonly List<TraceEvent> _pending = [];
    private byte[] _synced = [];

    public void Add(TraceEvent change) => _pending.Add(change);

    /// <summary>Puts on the disk what was done before the sync began.</summary>
    public void Sync(int beganAt)
    {
        foreach (var change in _pending.Where(change => change.At < beganAt))
        {
            _synced = Put(_synced, change, static (_, _) => true, sectorBytes: int.MaxValue);
        }

        _pending.RemoveAll(change => change.At < beganAt);
    }

    /// <summary>
    /// The content after a power failure in which each unsynced sector survives with this likelihood.
    /// </summary>
    public byte[] Fail(Random random, double luck, int sectorBytes)
    {
        var tears = random.Next(2) == 0;
        var content = (byte[])_synced.Clone();
        foreach (var change in _pending)
        {
            var survives = random.NextDouble() < luck;
            content = Put(content, change, (_, _) => tears ? random.NextDouble() < luck : survives, sectorBytes);
        }

        return content;
    }

    /// <summary>The content with those sectors of a change that survive.</summary>
    private static byte[] Put(byte[] content, TraceEvent change, Func<long, int, bool> survives, int sectorBytes)
    {
        if (change is TraceEvent.Truncate truncate)
        {
            if (survives(0, 0))
            {
                Array.Resize(ref content, (int)truncate.Length);
            }

            return content;
        }

        var write = (TraceEvent.Write)change;
        var done = 0;
        while (done < write.Bytes.Length)
        {
            var from = write.Offset + done;
            var length = (int)Math.Min(write.Bytes.Length - done, sectorBytes - (from % sectorBytes));
            if (survives(from, length))
            {
                if (content.Length < from + length)
                {
                    Array.Resize(ref content, (int)(from + length));
                }

                write.Bytes.AsSpan(done, length).CopyTo(content.AsSpan((int)from));
            }

            done += length;
        }

        return content;
    }
}
