namespace Smcp.Security.Encryption.Keys;

/// <summary>The data keys of an owner as they are at the moment, for its index.</summary>
internal sealed class OwnerKeySource(KeyOwner owner, Func<CancellationToken, ValueTask> reload)
{
    private IReadOnlyList<DataKey> _keys = [];

    public KeyOwner Owner => owner;

    public bool HasKeys => Volatile.Read(ref _keys).Count > 0;

    /// <summary>The key that writes.</summary>
    public DataKey Current => Volatile.Read(ref _keys)[0];

    public DataKey? Find(int id) => Volatile.Read(ref _keys).FirstOrDefault(key => key.Id == id);

    public void Set(IReadOnlyList<DataKey> keys) => Volatile.Write(ref _keys, keys);

    /// <summary>Reads the ring again.</summary>
    public ValueTask ReloadAsync(CancellationToken cancellationToken) => reload(cancellationToken);
}
