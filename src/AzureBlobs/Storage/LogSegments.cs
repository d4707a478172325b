namespace Smcp.Storage;

/// <summary>The segments of logs, as blobs.</summary>
internal sealed class LogSegments(BlobStore store)
{
    /// <summary>The numbers at which a log's segments begin, in order.</summary>
    public async Task<List<long>> ListAsync(string log, CancellationToken cancellationToken)
    {
        var starts = new List<long>();
        string? marker = null;
        do
        {
            var page = await store.ListAsync(BlobNames.OfLog(log), null, marker, cancellationToken);
            starts.AddRange(page.Names.Select(BlobNames.StartOf));
            marker = page.Next;
        }
        while (marker is not null);

        return starts;
    }

    /// <summary>A segment, or null where it is gone.</summary>
    public async Task<LogTail?> ReadAsync(string log, long start, CancellationToken cancellationToken) =>
        await store.ReadAsync(BlobNames.OfSegment(log, start), cancellationToken) is { } found
            ? new LogTail(start, LogSegment.Read(found.Bytes), found.Tag)
            : null;

    /// <summary>The last segment of a log; null for no log.</summary>
    public async Task<LogTail?> ReadLastAsync(string log, CancellationToken cancellationToken)
    {
        while (true)
        {
            var starts = await ListAsync(log, cancellationToken);
            if (starts.Count == 0)
            {
                return null;
            }

            if (await ReadAsync(log, starts[^1], cancellationToken) is { } last)
            {
                return last;
            }
        }
    }

    /// <summary>Writes a segment, in the place of one with a tag or as a new one. Null where that is not so.</summary>
    public async Task<LogTail?> WriteAsync(string log, long start, LogSegment segment, string? tag) =>
        await store.WriteAsync(
            BlobNames.OfSegment(log, start), segment.Write(), segment.First, tag, CancellationToken.None) is { } written
            ? new LogTail(start, segment, written)
            : null;

    public Task RemoveAsync(string log, long start) =>
        store.RemoveAsync(BlobNames.OfSegment(log, start), null, CancellationToken.None);
}
