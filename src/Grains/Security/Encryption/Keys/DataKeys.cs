using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// The data keys and indexes that this node holds, each read when its owner is met. Looking up one that is held takes
/// no waiting. Where there are too many, one is let go that was not used of late. A call that works with it goes on as
/// on another node; so its keys are not wiped at once, but when nothing uses them.
/// </summary>
internal sealed partial class DataKeys(
    DataKeyStore store,
    KeyOpening opening,
    [FromKeyedServices(RawStorage.Key)] ILogStorage logs,
    IOptions<EncryptionOptions> options,
    ILogger<DataKeys> logger) : IDisposable
{
    /// <summary>Rings that are read or changed at one time: an owner has one of these gates by its hash.</summary>
    private const int Gates = 64;

    private readonly HeldKeys _held = new(options.Value.OwnersHeldMax);
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];
    private readonly EncryptionOptions _options = options.Value;
    private long _epoch;

    /// <summary>The keys of an owner, made where it has none yet.</summary>
    /// <exception cref="StorageUnavailableException">They were destroyed, or cannot be unwrapped.</exception>
    public ValueTask<OwnerKeys> FindAsync(KeyOwner owner, CancellationToken cancellationToken) =>
        Held(owner) is { } keys ? new ValueTask<OwnerKeys>(keys) : LoadAsync(owner, cancellationToken);

    /// <summary>
    /// The keys of an owner, null where it has none yet: a read makes none, since anybody may ask for a name that
    /// nobody has.
    /// </summary>
    /// <exception cref="StorageUnavailableException">They were destroyed, or cannot be unwrapped.</exception>
    public ValueTask<OwnerKeys?> LookAsync(KeyOwner owner, CancellationToken cancellationToken) =>
        Held(owner) is { } keys ? new ValueTask<OwnerKeys?>(keys) : LookThenLoadAsync(owner, cancellationToken);

    /// <summary>A key to encrypt so many messages with, which are counted durably before it is returned.</summary>
    public ValueTask<DataKey> TakeAsync(OwnerKeys keys, int messages, CancellationToken cancellationToken) =>
        keys.Current.TryCount(messages)
            ? new ValueTask<DataKey>(keys.Current)
            : ReserveAsync(keys.Owner, messages, cancellationToken);

    /// <summary>Rings were changed on another node: each is read again before it is used.</summary>
    public void Invalidate() => Interlocked.Increment(ref _epoch);

    /// <summary>Reads a ring again, now.</summary>
    public async ValueTask ReloadAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        using var _ = await EnterAsync(owner, cancellationToken);
        await ReadAsync(owner, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var keys in _held.All)
        {
            foreach (var key in keys.Keys)
            {
                key.Dispose();
            }

            keys.Index.Dispose();
        }

        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    private OwnerKeys? Held(KeyOwner owner) =>
        _held.Find(owner) is { Keys.Count: > 0 } keys && keys.Epoch == Volatile.Read(ref _epoch) ? keys : null;

    private async ValueTask<OwnerKeys?> LookThenLoadAsync(KeyOwner owner, CancellationToken cancellationToken) =>
        await store.ReadAsync(owner, cancellationToken) is null ? null : await LoadAsync(owner, cancellationToken);

    private async ValueTask<OwnerKeys> LoadAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        using var _ = await EnterAsync(owner, cancellationToken);
        var keys = _held.Find(owner) is { } held && held.Epoch == Volatile.Read(ref _epoch)
            ? held
            : await ReadAsync(owner, cancellationToken);
        return keys.Keys.Count > 0
            ? keys
            : throw new StorageUnavailableException($"The data keys of {owner} were destroyed.");
    }

    private async ValueTask<DataKey> ReserveAsync(KeyOwner owner, int messages, CancellationToken cancellationToken)
    {
        await FindAsync(owner, cancellationToken);
        using var _ = await EnterAsync(owner, cancellationToken);
        var keys = _held.Find(owner) ?? await ReadAsync(owner, cancellationToken);
        while (!keys.Current.TryCount(messages))
        {
            var block = Math.Max(_options.KeyMessagesBlock, messages);
            var stored = await store.ChangeAsync(owner, ring => CountAsync(owner, ring, block), cancellationToken);
            keys = await TakeInAsync(owner, stored.Ring, cancellationToken);
            keys.Current.Grant(block);
        }

        return keys.Current;
    }

    /// <summary>Counts messages on the key that writes, or makes another where that one has had its number.</summary>
    private async ValueTask<DataKeyRing?> CountAsync(KeyOwner owner, DataKeyRing ring, int messages)
    {
        if (ring.Keys.Count == 0)
        {
            throw new StorageUnavailableException($"The data keys of {owner} were destroyed.");
        }

        var writes = ring.Keys[0];
        if (writes.Messages + messages <= _options.KeyMessagesMax)
        {
            return ring.Replace(writes with { Messages = writes.Messages + messages });
        }

        LogKeyUsedUp(owner.ToString(), writes.Id);
        return ring.With(await store.MakeAsync(owner, ring, messages, CancellationToken.None));
    }

    private async ValueTask<OwnerKeys> ReadAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        var made = 0L;
        var stored = await store.ChangeAsync(
            owner,
            async ring =>
            {
                made = 0;
                if (ring.Keys.Count > 0 || ring.IsDestroyed)
                {
                    return null;
                }

                made = _options.KeyMessagesBlock;
                return ring.With(await store.MakeAsync(owner, ring, made, cancellationToken));
            },
            cancellationToken);
        var keys = await TakeInAsync(owner, stored.Ring, cancellationToken);
        if (made > 0)
        {
            keys.Current.Grant(made);
        }

        return keys;
    }

    /// <summary>Holds the keys of a ring: new ones are unwrapped, and those that are gone from it forgotten.</summary>
    private async ValueTask<OwnerKeys> TakeInAsync(
        KeyOwner owner, DataKeyRing ring, CancellationToken cancellationToken)
    {
        var epoch = Volatile.Read(ref _epoch);

        // After a destruction everything begins anew, the index too.
        var held = _held.Find(owner) is { Keys.Count: > 0 } last ? last : null;
        var keys = new List<DataKey>();
        foreach (var wrapped in ring.Keys)
        {
            keys.Add(held?.Find(wrapped.Id) ?? await OpenAsync(owner, wrapped, cancellationToken));
        }

        var source = held?.Source ?? new OwnerKeySource(owner, ReloadAsync);
        source.Set(keys);
        var index = held?.Index ?? new RowIndex(logs, source, _options);
        if (held is null && keys.Count > 0)
        {
            await LoadAsync(index, cancellationToken);
        }

        var taken = new OwnerKeys(owner, ring, keys, index, source, epoch);
        source.Begin();
        _held.Set(taken);
        foreach (var gone in held?.Keys.Except(keys) ?? [])
        {
            gone.Dispose();
        }

        return taken;
    }

    private async ValueTask LoadAsync(RowIndex index, CancellationToken cancellationToken)
    {
        try
        {
            await index.RefreshAsync(cancellationToken);
        }
        catch (DamagedRowException damage)
        {
            LogIndexDamaged(damage.Message);
            throw new StorageUnavailableException("The index of encrypted rows is damaged.", damage);
        }
    }

    private async ValueTask<DataKey> OpenAsync(
        KeyOwner owner, WrappedDataKey wrapped, CancellationToken cancellationToken)
    {
        if (await store.OpenAsync(owner, wrapped, cancellationToken) is { } key)
        {
            return key;
        }

        LogKeyNotUnwrapped(owner.ToString(), wrapped.Id, wrapped.Master);
        throw new StorageUnavailableException(
            $"Data key {wrapped.Id} of {owner} cannot be unwrapped by the master keys at hand.");
    }

    /// <summary>
    /// For the index of a source: its ring is read again, also where it was let go meanwhile. An index from before a
    /// destruction shares no key with what came after, and gets none of it.
    /// </summary>
    private async ValueTask ReloadAsync(OwnerKeySource source, CancellationToken cancellationToken)
    {
        await ReloadAsync(source.Owner, cancellationToken);
        if (_held.Find(source.Owner) is { } keys && keys.Source != source
            && keys.Keys.Any(key => source.Find(key.Id) is not null))
        {
            source.Set(keys.Keys);
        }
    }

    private async ValueTask<Entered> EnterAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)owner.GetHashCode() % Gates];
        await gate.WaitAsync(cancellationToken);
        return new Entered(gate);
    }

    private readonly struct Entered(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
