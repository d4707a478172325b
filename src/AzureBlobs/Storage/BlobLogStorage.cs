namespace Smcp.Storage;

/// <summary>
/// Logs as segments, a blob each. An append writes the last segment anew, if its tag is still the one known: so it
/// stands whole or not at all, and a stale writer fails.
/// </summary>
internal sealed class BlobLogStorage(BlobStore store) : ILogStorage
{
    private const int TriesMax = 10;

    private readonly LogSegments _segments = new(store);
    private readonly LogTails _tails = new(store.Options.TailBytesMax);

    public async ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSequence, 1);
        await BeginAsync(log, cancellationToken);
        if (records.Count == 0)
        {
            return;
        }

        var bytes = records.Sum(record => (long)record.Length);
        if (bytes > store.Options.WriteBytesMax)
        {
            throw new ArgumentException(
                $"A write of {bytes} bytes is over the limit of {store.Options.WriteBytesMax} bytes.");
        }

        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var tail = await TailAsync(log, firstSequence, cancellationToken);
            if (firstSequence != (tail?.Segment.Last ?? 0) + 1)
            {
                throw Conflict(log, firstSequence);
            }

            if (await WriteAsync(log, tail, records) is { } written)
            {
                _tails.Put(log, written);
                return;
            }
        }

        throw Conflict(log, firstSequence);
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        await BeginAsync(log, cancellationToken);
        var starts = await _segments.ListAsync(log, cancellationToken);
        var records = new List<LogRecord>();
        var bytes = 0L;

        // The segment that the first number lies in is the last that begins at or before it.
        var from = Math.Max(0, starts.FindLastIndex(start => start <= afterSequence + 1));
        foreach (var start in starts.Skip(from))
        {
            if (await _segments.ReadAsync(log, start, cancellationToken) is not { Segment: var segment })
            {
                continue;
            }

            for (var at = 0; at < segment.Records.Count; at++)
            {
                var (sequence, payload) = (segment.First + at, segment.Records[at]);
                if (sequence <= afterSequence)
                {
                    continue;
                }

                if (records.Count > 0 && sequence != records[^1].Sequence + 1)
                {
                    throw new StorageUnavailableException($"The log {log} has no record {records[^1].Sequence + 1}.");
                }

                bytes += payload.Length;
                if (records.Count == itemsMax || (records.Count > 0 && bytes > store.Options.ReadBytesMax))
                {
                    return records;
                }

                records.Add(new LogRecord(sequence, payload));
            }
        }

        return records;
    }

    public async ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        await BeginAsync(log, cancellationToken);
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var starts = await _segments.ListAsync(log, cancellationToken);
            if (starts.Count == 0)
            {
                return default;
            }

            if (await _segments.ReadAsync(log, starts[^1], cancellationToken) is not { Segment: var last })
            {
                continue;
            }

            if (starts.Count == 1)
            {
                return new LogExtent(last.First, last.Last);
            }

            if (await _segments.ReadAsync(log, starts[0], cancellationToken) is { Segment: var first })
            {
                return new LogExtent(first.First, last.Last);
            }
        }

        throw new StorageUnavailableException($"The log {log} changes too fast.");
    }

    public async ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken)
    {
        await BeginAsync(log, cancellationToken);
        var starts = await _segments.ListAsync(log, cancellationToken);
        _tails.Remove(log);

        // From the first on, so that what a crash leaves is a log that is trimmed less. The last segment stays,
        // whatever is trimmed: it carries the numbering on.
        while (starts.Count > 1 && starts[1] <= throughSequence + 1)
        {
            await _segments.RemoveAsync(log, starts[0]);
            starts.RemoveAt(0);
        }

        for (var tries = 1; starts.Count > 0 && tries <= TriesMax; tries++)
        {
            if (await _segments.ReadAsync(log, starts[0], cancellationToken) is not { } first
                || first.Segment.First > throughSequence
                || first.Segment.Records.Count == 0
                || await _segments.WriteAsync(
                    log, starts[0], first.Segment.Without(throughSequence), first.Tag) is not null)
            {
                return;
            }
        }

        if (starts.Count > 0)
        {
            throw new StorageUnavailableException($"The log {log} changes too fast.");
        }
    }

    public async ValueTask DeleteAsync(string log, CancellationToken cancellationToken)
    {
        await BeginAsync(log, cancellationToken);
        _tails.Remove(log);
        foreach (var start in await _segments.ListAsync(log, cancellationToken))
        {
            await _segments.RemoveAsync(log, start);
        }
    }

    /// <summary>Puts records in the place of others; false where those are not as expected.</summary>
    public async ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken)
    {
        await BeginAsync(log, cancellationToken);
        _tails.Remove(log);
        var changed = new List<(LogTail Found, LogSegment Segment)>();
        var left = records.OrderBy(record => record.Sequence).ToList();
        var starts = await _segments.ListAsync(log, cancellationToken);
        while (left.Count > 0)
        {
            var at = starts.FindLastIndex(start => start <= left[0].Sequence);
            var found = at < 0 ? null : await _segments.ReadAsync(log, starts[at], cancellationToken);
            if (found is null || Replaced(found.Segment, left) is not { } segment)
            {
                return false;
            }

            changed.Add((found, segment));
            left.RemoveAll(record => record.Sequence <= segment.Last);
        }

        // A crash between two segments leaves some records as they were, which is a state that may be replaced again.
        foreach (var (found, segment) in changed)
        {
            if (await _segments.WriteAsync(log, found.Start, segment, found.Tag) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The segment with those of the records that lie in it; null where one is not as expected.</summary>
    private static LogSegment? Replaced(LogSegment segment, IReadOnlyList<RecordReplacement> records)
    {
        var all = segment.Records.ToArray();
        var within = records.Where(record => record.Sequence <= segment.Last).ToArray();
        foreach (var record in within)
        {
            var at = record.Sequence - segment.First;
            if (at < 0 || !all[at].Span.SequenceEqual(record.Expected.Span))
            {
                return null;
            }

            all[at] = record.Payload;
        }

        return within.Length == 0 ? null : segment with { Records = all };
    }

    private ValueTask BeginAsync(string log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        KeyText.Require(log, store.Options.KeyBytesMax);
        return store.OpenAsync(cancellationToken);
    }

    /// <summary>
    /// The last segment, out of memory where it ends right before a number and is not sealed; else as it stands.
    /// </summary>
    private async Task<LogTail?> TailAsync(string log, long firstSequence, CancellationToken cancellationToken)
    {
        if (_tails.Find(log) is { Segment.IsSealed: false } known && known.Segment.Last + 1 == firstSequence)
        {
            _tails.Remove(log);
            return known;
        }

        return await _segments.ReadLastAsync(log, cancellationToken);
    }

    private Task<LogTail?> WriteAsync(string log, LogTail? tail, IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var segmentBytesMax = store.Options.SegmentBytesMax;
        if (tail is { Segment.IsSealed: false })
        {
            return _segments.WriteAsync(log, tail.Start, tail.Segment.With(records, segmentBytesMax), tail.Tag);
        }

        var start = (tail?.Segment.Last ?? 0) + 1;
        var segment = new LogSegment(start, false, []).With(records, segmentBytesMax);
        return _segments.WriteAsync(log, start, segment, null);
    }

    private static StateConflictException Conflict(string log, long firstSequence) =>
        new($"The log {log} does not end before {firstSequence}.");
}
