namespace Smcp.Storage;

internal sealed class SqliteInventory(SqliteStore store) : IStorageInventory
{
    public ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(keyPrefix, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        return store.ReadAsync(
            (keyPrefix, after, itemsMax),
            static (reader, at) => reader.ListStates(at.keyPrefix, at.after, at.itemsMax),
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(prefix, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        return store.ReadAsync(
            (prefix, after, itemsMax),
            static (reader, at) => reader.ListLogs(at.prefix, at.after, at.itemsMax),
            cancellationToken);
    }

    public async ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        var bytes = records.Sum(record => (long)record.Payload.Length);
        return await store.WriteAsync(new LogReplace(log, records, bytes, cancellationToken)) == 1;
    }

    public async ValueTask EraseRemovedAsync(CancellationToken cancellationToken) =>
        await store.WriteAsync(new WalErase(cancellationToken));
}
