using Smcp.Storage;

namespace Smcp.Security.Encryption;

/// <summary>
/// The stores as one process sees them, which dies at a write that the test chooses, before or after it took place.
/// From then on nothing comes back from them.
/// </summary>
internal sealed class MortalStores(MemoryStores stores, int diesAt, bool diesAfter)
    : IGrainStorage, ILogStorage, IStorageInventory
{
    private int _writes;
    private volatile bool _isDead;

    public bool IsDead => _isDead;

    public ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken) =>
        Live(stores.States).ReadAsync(address, cancellationToken);

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        var version = 0L;
        await WriteAsync(async () =>
            version = await stores.States.WriteAsync(address, payload, expectedVersion, cancellationToken));
        return version;
    }

    public ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken) =>
        WriteAsync(() => stores.States.ClearAsync(address, expectedVersion, cancellationToken));

    public ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken) =>
        WriteAsync(() => stores.Logs.AppendAsync(log, firstSequence, records, cancellationToken));

    public ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken) =>
        Live(stores.Logs).ReadAsync(log, afterSequence, itemsMax, cancellationToken);

    public ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken) =>
        Live(stores.Logs).ExtentAsync(log, cancellationToken);

    public ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken) =>
        WriteAsync(() => stores.Logs.TrimAsync(log, throughSequence, cancellationToken));

    public ValueTask DeleteAsync(string log, CancellationToken cancellationToken) =>
        WriteAsync(() => stores.Logs.DeleteAsync(log, cancellationToken));

    public ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken) =>
        Live(stores.Inventory).ListStatesAsync(keyPrefix, after, itemsMax, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken) =>
        Live(stores.Inventory).ListLogsAsync(prefix, after, itemsMax, cancellationToken);

    public async ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken)
    {
        var replaced = false;
        await WriteAsync(async () => replaced = await stores.Inventory.ReplaceAsync(log, records, cancellationToken));
        return replaced;
    }

    public ValueTask EraseRemovedAsync(CancellationToken cancellationToken) =>
        WriteAsync(() => stores.Inventory.EraseRemovedAsync(cancellationToken));

    private T Live<T>(T store) => _isDead ? throw new IOException("The process died.") : store;

    private async ValueTask WriteAsync(Func<ValueTask> write)
    {
        Live(stores);
        var dies = Interlocked.Increment(ref _writes) == diesAt;
        if (!dies || diesAfter)
        {
            await write();
        }

        if (dies)
        {
            _isDead = true;
            Live(stores);
        }
    }
}
