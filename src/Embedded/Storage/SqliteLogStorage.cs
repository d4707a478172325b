namespace Smcp.Storage;

internal sealed class SqliteLogStorage(SqliteStore store) : ILogStorage
{
    public ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSequence, 1);
        if (records.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        var bytes = records.Sum(record => (long)record.Length);
        return new(store.WriteAsync(new LogAppend(log, firstSequence, records, bytes, cancellationToken)));
    }

    public ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        return store.ReadAsync(
            (log, afterSequence, itemsMax, store.Options.ReadBytesMax),
            static (reader, at) => reader.ReadLog(at.log, at.afterSequence, at.itemsMax, at.ReadBytesMax),
            cancellationToken);
    }

    public ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        return store.ReadAsync(log, static (reader, name) => reader.ReadExtent(name), cancellationToken);
    }

    public ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        return new(store.WriteAsync(new LogTrim(log, throughSequence, cancellationToken)));
    }

    public ValueTask DeleteAsync(string log, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        return new(store.WriteAsync(new LogDelete(log, cancellationToken)));
    }
}
