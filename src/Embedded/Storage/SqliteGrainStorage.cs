namespace Smcp.Storage;

internal sealed class SqliteGrainStorage(SqliteStore store) : IGrainStorage
{
    public ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        Require(address);
        return store.ReadAsync(address, static (reader, at) => reader.ReadState(at), cancellationToken);
    }

    public ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        Require(address);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        return new(store.WriteAsync(new StateWrite(address, payload, expectedVersion, cancellationToken)));
    }

    public ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        Require(address);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        return new(store.WriteAsync(new StateClear(address, expectedVersion, cancellationToken)));
    }

    private void Require(StateAddress address)
    {
        KeyText.Require(address.GrainType, store.Options.KeyBytesMax);
        KeyText.Require(address.GrainKey, store.Options.KeyBytesMax);
        KeyText.Require(address.Name, store.Options.KeyBytesMax);
    }
}
