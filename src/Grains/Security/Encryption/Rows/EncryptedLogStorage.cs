using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// Logs, each record encrypted before it reaches the store. A log has a counter that it began with, in each of its
/// records: no record of an earlier log of the same name fits into it.
/// </summary>
internal sealed class EncryptedLogStorage(
    RowCipher cipher, [FromKeyedServices(RawStorage.Key)] ILogStorage inner) : ILogStorage
{
    public async ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        var place = Place(log);
        var owner = await cipher.Keys.FindAsync(place.Owner, cancellationToken);
        var counter = await CounterAsync(owner, place, log, firstSequence, cancellationToken);
        var key = await cipher.Keys.TakeAsync(owner, records.Count, cancellationToken);
        var rows = new ReadOnlyMemory<byte>[records.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = key.Seal(place, counter, firstSequence + i, records[i].Span);
        }

        try
        {
            await inner.AppendAsync(log, firstSequence, rows, cancellationToken);
        }
        catch (StateConflictException) when (owner.Index.Find(place.Id) is { IsRemoved: true })
        {
            // Perhaps what stands there is a log whose removal did not come to its end.
            await ExtentAsync(log, cancellationToken);
            await inner.AppendAsync(log, firstSequence, rows, cancellationToken);
        }

        cipher.Note(owner, place, IndexEntry.OfLog(counter, firstSequence + records.Count - 1));
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        var place = Place(log);
        if (await LookAsync(place, log, cancellationToken) is not { } owner)
        {
            return [];
        }

        for (var attempt = 1; ; attempt++)
        {
            var rows = await inner.ReadAsync(log, afterSequence, itemsMax, cancellationToken);
            var misses = false;
            try
            {
                if (rows.Count == 0)
                {
                    await RequireEndAsync(owner, place, log, afterSequence, cancellationToken);
                    return rows;
                }

                if (Open(owner, place, rows) is { } records)
                {
                    return records;
                }

                misses = true;
                if (attempt == RowCipher.AttemptsMax)
                {
                    throw new DamagedRowException("A record names a data key that there is none of.");
                }
            }
            catch (DamagedRowException damage) when (attempt == RowCipher.AttemptsMax)
            {
                throw cipher.Refuse(place, damage);
            }
            catch (DamagedRowException)
            {
                // It may have been removed or begun anew since this node looked: that is asked first.
            }

            owner = await cipher.LookAgainAsync(owner, misses, cancellationToken);
        }
    }

    public async ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        var place = Place(log);
        if (await LookAsync(place, log, cancellationToken) is not { } owner)
        {
            return default;
        }

        // Whoever begins to use a log asks this first: so its node knows what others wrote there.
        await owner.Index.RefreshAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var extent = await inner.ExtentAsync(log, cancellationToken);
            if (owner.Index.Find(place.Id) is not { } entry || extent.Last >= entry.Last && !entry.IsRemoved)
            {
                return extent;
            }

            if (entry.IsRemoved)
            {
                return await FinishRemovalAsync(entry, log, extent, cancellationToken);
            }

            if (attempt == RowCipher.AttemptsMax)
            {
                throw cipher.Refuse(place, new DamagedRowException("A log ends before what the index knows."));
            }

            owner = await cipher.LookAgainAsync(owner, misses: false, cancellationToken);
        }
    }

    public ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken)
    {
        Place(log);
        return inner.TrimAsync(log, throughSequence, cancellationToken);
    }

    public async ValueTask DeleteAsync(string log, CancellationToken cancellationToken)
    {
        var place = Place(log);
        var owner = await cipher.Keys.FindAsync(place.Owner, cancellationToken);
        if (await FindCounterAsync(owner, place, log, cancellationToken) is { } counter)
        {
            // First the index, durably: a log that were gone before its entry would look like one taken away.
            owner.Index.Note(place.Id, IndexEntry.Removed(counter));
            await owner.Index.FlushAsync(cancellationToken);
        }

        await inner.DeleteAsync(log, cancellationToken);
    }

    private static RowPlace Place(string log) => log.StartsWith(DataKeyAddress.LogPrefix, StringComparison.Ordinal)
        ? throw new ArgumentException($"Logs that begin with {DataKeyAddress.LogPrefix} are the encryption's own.")
        : RowPlace.OfLog(log);

    private async ValueTask<OwnerKeys?> LookAsync(RowPlace place, string log, CancellationToken cancellationToken) =>
        await cipher.Keys.LookAsync(place.Owner, cancellationToken)
        ?? await LookWithoutKeysAsync(place, log, cancellationToken);

    /// <summary>Apart from the read, which so needs no room for what this captures.</summary>
    private ValueTask<OwnerKeys?> LookWithoutKeysAsync(
        RowPlace place, string log, CancellationToken cancellationToken) =>
        cipher.LookWithoutKeysAsync(
            place, async token => (await inner.ExtentAsync(log, token)).Last == 0, cancellationToken);

    /// <summary>The counter that records of the log have: a new one where it begins.</summary>
    private async ValueTask<long> CounterAsync(
        OwnerKeys owner, RowPlace place, string log, long firstSequence, CancellationToken cancellationToken)
    {
        if (firstSequence == 1 && owner.Index.Find(place.Id) is { IsRemoved: false })
        {
            // Another node may have removed it.
            await owner.Index.RefreshAsync(cancellationToken);
        }

        return firstSequence > 1 || owner.Index.Find(place.Id) is { IsRemoved: false }
            ? await FindCounterAsync(owner, place, log, cancellationToken) ?? cipher.Begin(owner, place)
            : cipher.Begin(owner, place);
    }

    /// <summary>The counter of a log that exists: of the index, or where it was not told yet, of a record.</summary>
    private async ValueTask<long?> FindCounterAsync(
        OwnerKeys owner, RowPlace place, string log, CancellationToken cancellationToken)
    {
        if (owner.Index.Find(place.Id) is { IsRemoved: false } entry)
        {
            return entry.Counter;
        }

        var records = await inner.ReadAsync(log, 0, 1, cancellationToken);
        return records.Count == 0 ? null : RowHeader.Read(records[0].Payload.Span)?.Counter;
    }

    /// <summary>A log that the index knows as removed does not exist, but for one that began since.</summary>
    private async ValueTask<LogExtent> FinishRemovalAsync(
        IndexEntry removed, string log, LogExtent extent, CancellationToken cancellationToken)
    {
        if (extent.Last == 0)
        {
            return default;
        }

        var records = await inner.ReadAsync(log, 0, 1, cancellationToken);
        if (records.Count > 0 && RowHeader.Read(records[0].Payload.Span)?.Counter > removed.Counter)
        {
            return extent;
        }

        await inner.DeleteAsync(log, cancellationToken);
        return default;
    }

    /// <summary>An end that comes before what the index knows is none.</summary>
    private async ValueTask RequireEndAsync(
        OwnerKeys owner, RowPlace place, string log, long afterSequence, CancellationToken cancellationToken)
    {
        if (owner.Index.Find(place.Id) is { IsRemoved: false } entry && afterSequence < entry.Last
            && (await inner.ExtentAsync(log, cancellationToken)).Last < entry.Last)
        {
            throw new DamagedRowException("A log ends before what the index knows.");
        }
    }

    /// <summary>The records of a page, which are all of one log; null where a key is not known.</summary>
    private List<LogRecord>? Open(OwnerKeys owner, RowPlace place, IReadOnlyList<LogRecord> rows)
    {
        var entry = owner.Index.Find(place.Id);
        var records = new List<LogRecord>(rows.Count);
        var counter = 0L;
        foreach (var row in rows)
        {
            var header = RowHeader.Read(row.Payload.Span)
                ?? throw new DamagedRowException("A record is not encrypted.");
            if (entry is { IsRemoved: true } && header.Counter <= entry.Value.Counter)
            {
                // What is left of a log that was removed.
                return [];
            }

            if (header.Number != row.Sequence || entry is not null && header.Counter < entry.Value.Counter
                || counter != 0 && counter != header.Counter)
            {
                throw new DamagedRowException("A record of another log, or of another number, stands in a log.");
            }

            counter = header.Counter;
            if (RowCipher.Open(owner, place, header, row.Payload.Span) is not { } content)
            {
                return null;
            }

            records.Add(new LogRecord(row.Sequence, content));
        }

        cipher.Note(owner, place, IndexEntry.OfLog(counter, rows[^1].Sequence));
        return records;
    }
}
