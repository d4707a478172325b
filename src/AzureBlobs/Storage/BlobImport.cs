using System.Globalization;
using System.Text;

namespace Smcp.Storage;

/// <summary>
/// Takes everything over, blob by blob. A blob that says so stands in the container until all is there, and counted:
/// with it no node starts, and the same content can be imported again over what is there.
/// </summary>
internal sealed class BlobImport(BlobStore store) : IStorageImport
{
    private const int WritesMax = 16;

    public async ValueTask<StoreCount> ImportAsync(IStoreContent content, CancellationToken cancellationToken)
    {
        await BlobSchema.PrepareAsync(store, cancellationToken);
        await BeginAsync(content.Id, cancellationToken);
        var writes = new ParallelOptions
        {
            MaxDegreeOfParallelism = WritesMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(content.States(), writes, (row, token) =>
            WriteAsync(BlobNames.OfState(BlobNames.States, row.Address), row.Payload, 1, token));
        await Parallel.ForEachAsync(content.NodeStates(), writes, (row, token) =>
            WriteAsync(BlobNames.OfState(BlobNames.Nodes, row.Address), row.Payload, 1, token));
        await Parallel.ForEachAsync(content.Logs().SelectMany(log => Segments(content, log)), writes, (item, token) =>
            WriteAsync(item.Name, item.Segment.Write(), item.Segment.First, token));
        var (count, expected) = (await CountAsync(cancellationToken), StoreCount.Of(content));
        if (count != expected)
        {
            throw new StorageUnavailableException(
                $"The container holds {count} after the import, not {expected}: no node starts from it.");
        }

        await store.RemoveAsync(BlobSchema.ImportName, null, cancellationToken);
        return count;
    }

    private async Task BeginAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(BlobSchema.ImportName, cancellationToken) is { } begun)
        {
            if (Encoding.UTF8.GetString(begun.Bytes.Span) != id)
            {
                throw Refusal("holds a part of another store's content");
            }

            return;
        }

        foreach (var kind in (string[])[BlobNames.States, BlobNames.Nodes, BlobNames.Logs])
        {
            if ((await store.ListAsync(kind, null, null, cancellationToken)).Names.Count > 0)
            {
                throw Refusal("is not empty");
            }
        }

        await store.PutAsync(BlobSchema.ImportName, Encoding.UTF8.GetBytes(id), 1, cancellationToken);
    }

    private StorageStartException Refusal(string problem) => new(
        StorageStartFailure.Foreign,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The container {store.Options.Container} {problem}. Take an empty one: nothing was changed."));

    private async ValueTask WriteAsync(
        string name, ReadOnlyMemory<byte> bytes, long version, CancellationToken cancellationToken) =>
        await store.PutAsync(name, bytes, version, cancellationToken);

    /// <summary>
    /// A log's segments, full but for the last. One that holds no record still carries the numbering on.
    /// </summary>
    private IEnumerable<(string Name, LogSegment Segment)> Segments(IStoreContent content, StoredLog log)
    {
        var segment = new LogSegment(log.Extent.First, false, []);
        foreach (var record in content.Records(log))
        {
            if (segment.IsSealed)
            {
                yield return (BlobNames.OfSegment(log.Name, segment.First), segment);
                segment = new LogSegment(record.Sequence, false, []);
            }

            segment = segment.With([record.Payload], store.Options.SegmentBytesMax);
        }

        yield return (BlobNames.OfSegment(log.Name, segment.First), segment);
    }

    private async Task<StoreCount> CountAsync(CancellationToken cancellationToken)
    {
        var count = default(StoreCount);
        var states = new BlobWalk(store, BlobNames.States, null);
        while (await states.NextAsync(string.Empty, cancellationToken) is { } name)
        {
            var bytes = (await store.ReadAsync(name, cancellationToken))?.Bytes.Length ?? 0;
            count = count with { States = count.States + 1, Bytes = count.Bytes + bytes };
        }

        var logs = new HashSet<string>(StringComparer.Ordinal);
        var segments = new BlobWalk(store, BlobNames.Logs, null);
        while (await segments.NextAsync(string.Empty, cancellationToken) is { } name)
        {
            logs.Add(name[..^16]);
            if (await store.ReadAsync(name, cancellationToken) is { } found)
            {
                var segment = LogSegment.Read(found.Bytes);
                count = count with
                {
                    Records = count.Records + segment.Records.Count,
                    Bytes = count.Bytes + segment.Bytes,
                };
            }
        }

        return count with { Logs = logs.Count };
    }
}
