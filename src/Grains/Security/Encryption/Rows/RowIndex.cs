using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// What each row of an owner must at least be, so that none is put back to what it was: a set in memory, and a log of
/// authenticated records that it is read from. An entry is noted once its row stands, and written with others a little
/// later; so a crash leaves the index behind the rows, never before them. For any thread, and any number of nodes.
/// </summary>
internal sealed class RowIndex(ILogStorage logs, OwnerKeySource keys, EncryptionOptions options) : IDisposable
{
    private const int RecordsPerRead = 256;

    private readonly string _name = DataKeyAddress.Index(keys.Owner);
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, IndexEntry> _entries = [];
    private readonly SemaphoreSlim _io = new(1);
    private Dictionary<UInt128, IndexEntry> _pending = [];

    // The log's numbers, and how many entries its records have: guarded by _io.
    private long _last;
    private long _logged;

    /// <summary>Whose rows.</summary>
    public KeyOwner Owner => keys.Owner;

    /// <summary>Whether something waits to be written.</summary>
    public bool IsDirty
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count > 0;
            }
        }
    }

    public IndexEntry? Find(UInt128 row)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(row, out var entry) ? entry : null;
        }
    }

    /// <summary>The rows that must be there.</summary>
    public IReadOnlyList<UInt128> Standing()
    {
        lock (_gate)
        {
            return [.. _entries.Where(entry => !entry.Value.IsRemoved).Select(entry => entry.Key)];
        }
    }

    /// <summary>
    /// Takes an entry in. True when it says something new, which <see cref="FlushAsync"/> then makes durable.
    /// </summary>
    public bool Note(UInt128 row, IndexEntry entry)
    {
        lock (_gate)
        {
            return Merge(_entries, row, entry) && Merge(_pending, row, _entries[row]);
        }
    }

    /// <summary>Reads what other nodes added.</summary>
    /// <exception cref="DamagedRowException">The index is not what was written.</exception>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        await _io.WaitAsync(cancellationToken);
        try
        {
            await ReadTailAsync(cancellationToken);
        }
        finally
        {
            _io.Release();
        }
    }

    /// <summary>Makes durable what was noted before the call.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _io.WaitAsync(cancellationToken);
        try
        {
            // Of an owner whose keys were destroyed nothing is kept.
            while (TakePending() is { Count: > 0 } batch && keys.HasKeys)
            {
                await WriteAsync(batch, cancellationToken);
            }

            if (keys.HasKeys && _logged > (2L * Count) + options.IndexSlack)
            {
                await TryCompactAsync(cancellationToken);
            }
        }
        finally
        {
            _io.Release();
        }
    }

    /// <summary>Writes the whole index anew, with the key that writes now, and drops what stood before.</summary>
    public async ValueTask RewriteAsync(CancellationToken cancellationToken)
    {
        await _io.WaitAsync(cancellationToken);
        try
        {
            while (!await TryCompactAsync(cancellationToken))
            {
                await ReadTailAsync(cancellationToken);
            }
        }
        finally
        {
            _io.Release();
        }
    }

    public void Dispose() => _io.Dispose();

    private int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    private static bool Merge(Dictionary<UInt128, IndexEntry> into, UInt128 row, IndexEntry entry)
    {
        var merged = into.TryGetValue(row, out var held) ? held.Merge(entry) : entry;
        if (merged == held)
        {
            return false;
        }

        into[row] = merged;
        return true;
    }

    private Dictionary<UInt128, IndexEntry> TakePending()
    {
        lock (_gate)
        {
            var taken = _pending;
            _pending = [];
            return taken;
        }
    }

    private async ValueTask WriteAsync(Dictionary<UInt128, IndexEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var chunk in batch.Chunk(IndexRecord.EntriesMax))
            {
                while (!await TryAppendAsync(chunk, cancellationToken))
                {
                    await ReadTailAsync(cancellationToken);
                }
            }
        }
        catch
        {
            lock (_gate)
            {
                foreach (var (row, entry) in batch)
                {
                    Merge(_pending, row, entry);
                }
            }

            throw;
        }
    }

    /// <summary>False when another node appended meanwhile.</summary>
    private async ValueTask<bool> TryAppendAsync(
        KeyValuePair<UInt128, IndexEntry>[] entries, CancellationToken cancellationToken)
    {
        var record = IndexRecord.Write(keys.Current, keys.Owner, _last + 1, entries);
        try
        {
            await logs.AppendAsync(_name, _last + 1, [record], cancellationToken);
        }
        catch (StateConflictException)
        {
            return false;
        }

        _last++;
        _logged += entries.Length;
        return true;
    }

    private async ValueTask ReadTailAsync(CancellationToken cancellationToken)
    {
        while (await logs.ReadAsync(_name, _last, RecordsPerRead, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                await TakeInAsync(record, cancellationToken);
            }
        }
    }

    private async ValueTask TakeInAsync(LogRecord record, CancellationToken cancellationToken)
    {
        var entries = IndexRecord.Read(keys.Find, keys.Owner, record.Sequence, record.Payload.Span);
        if (entries is null)
        {
            // Another node may have written it with a key that is new here.
            await keys.ReloadAsync(cancellationToken);
            entries = IndexRecord.Read(keys.Find, keys.Owner, record.Sequence, record.Payload.Span)
                ?? throw new DamagedRowException($"Record {record.Sequence} of the index of {keys.Owner} is damaged.");
        }

        lock (_gate)
        {
            foreach (var (row, entry) in entries)
            {
                Merge(_entries, row, entry);
            }
        }

        _last = record.Sequence;
        _logged += entries.Count;
    }

    /// <summary>
    /// Writes every entry at the log's end, then drops what stood before: a crash in between leaves some said twice.
    /// False when another node appended meanwhile, which must be read first.
    /// </summary>
    private async ValueTask<bool> TryCompactAsync(CancellationToken cancellationToken)
    {
        var through = _last;
        var entries = Snapshot();
        foreach (var chunk in entries.Chunk(IndexRecord.EntriesMax))
        {
            if (!await TryAppendAsync(chunk, cancellationToken))
            {
                return false;
            }
        }

        await logs.TrimAsync(_name, through, cancellationToken);
        _logged = entries.Length;
        return true;
    }

    /// <summary>All entries, without the oldest removed ones past their number.</summary>
    private KeyValuePair<UInt128, IndexEntry>[] Snapshot()
    {
        lock (_gate)
        {
            var forgotten = _entries.Where(entry => entry.Value.IsRemoved)
                .OrderByDescending(entry => entry.Value.Counter)
                .Skip(options.IndexRemovedMax)
                .Select(entry => entry.Key)
                .ToArray();
            foreach (var row in forgotten)
            {
                _entries.Remove(row);
            }

            return [.. _entries];
        }
    }
}
