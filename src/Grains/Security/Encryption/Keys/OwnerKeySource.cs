namespace Smcp.Security.Encryption.Keys;

/// <summary>The data keys of an owner as they are at the moment, for its index.</summary>
internal sealed class OwnerKeySource(
    KeyOwner owner, Func<OwnerKeySource, CancellationToken, ValueTask> reload)
{
    private IReadOnlyList<DataKey> _keys = [];
    private volatile bool _isUsed;

    public KeyOwner Owner => owner;

    public bool HasKeys => Volatile.Read(ref _keys).Count > 0;

    /// <summary>The key that writes.</summary>
    public DataKey Current => Volatile.Read(ref _keys)[0];

    public DataKey? Find(int id) => Volatile.Read(ref _keys).FirstOrDefault(key => key.Id == id);

    public void Set(IReadOnlyList<DataKey> keys) => Volatile.Write(ref _keys, keys);

    /// <summary>The ring was read to its end, and its keys are used from now on.</summary>
    public void Begin() => _isUsed = true;

    /// <summary>Reads the ring again; nothing while it is being read, since it is as fresh as can be.</summary>
    public ValueTask ReloadAsync(CancellationToken cancellationToken) =>
        _isUsed ? reload(this, cancellationToken) : ValueTask.CompletedTask;
}
