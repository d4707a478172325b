using System.Collections.Concurrent;

namespace Smcp.Storage;

/// <summary>The last segments of logs in use, so that an append need not read first. Bounded by their bytes.</summary>
internal sealed class LogTails(long bytesMax)
{
    private readonly ConcurrentDictionary<string, LogTail> _tails = new(StringComparer.Ordinal);
    private long _bytes;

    public LogTail? Find(string log) => _tails.GetValueOrDefault(log);

    public void Put(string log, LogTail tail)
    {
        Remove(log);
        if (Volatile.Read(ref _bytes) + tail.Segment.Bytes > bytesMax)
        {
            // All at once: each costs its log two requests at its next append, and who is in use comes back.
            Clear();
        }

        if (tail.Segment.Bytes <= bytesMax && _tails.TryAdd(log, tail))
        {
            Interlocked.Add(ref _bytes, tail.Segment.Bytes);
        }
    }

    public void Remove(string log)
    {
        if (_tails.TryRemove(log, out var gone))
        {
            Interlocked.Add(ref _bytes, -gone.Segment.Bytes);
        }
    }

    private void Clear()
    {
        foreach (var log in _tails.Keys)
        {
            Remove(log);
        }
    }
}
