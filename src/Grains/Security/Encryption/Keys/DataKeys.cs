using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// The data keys and indexes that this node holds, each read when its owner is first met. Looking up one that is held
/// takes no waiting.
/// </summary>
internal sealed partial class DataKeys(
    DataKeyStore store,
    KeyOpening opening,
    [FromKeyedServices(RawStorage.Key)] ILogStorage logs,
    IOptions<EncryptionOptions> options,
    ILogger<DataKeys> logger) : IDisposable
{
    private readonly ConcurrentDictionary<KeyOwner, OwnerKeys> _held = new();
    private readonly ConcurrentDictionary<KeyOwner, SemaphoreSlim> _gates = new();
    private readonly EncryptionOptions _options = options.Value;
    private long _epoch;

    /// <summary>The indexes of this node.</summary>
    public IEnumerable<RowIndex> Indexes => _held.Values.Select(keys => keys.Index);

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
        foreach (var keys in _held.Values)
        {
            foreach (var key in keys.Keys)
            {
                key.Dispose();
            }

            keys.Index.Dispose();
        }

        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private OwnerKeys? Held(KeyOwner owner) =>
        _held.TryGetValue(owner, out var keys) && keys.Epoch == Volatile.Read(ref _epoch) && keys.Keys.Count > 0
            ? keys
            : null;

    private async ValueTask<OwnerKeys?> LookThenLoadAsync(KeyOwner owner, CancellationToken cancellationToken) =>
        await store.ReadAsync(owner, cancellationToken) is null ? null : await LoadAsync(owner, cancellationToken);

    private async ValueTask<OwnerKeys> LoadAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        using var _ = await EnterAsync(owner, cancellationToken);
        var keys = _held.TryGetValue(owner, out var held) && held.Epoch == Volatile.Read(ref _epoch)
            ? held
            : await ReadAsync(owner, cancellationToken);
        return keys.Keys.Count > 0
            ? keys
            : throw new StorageUnavailableException($"The data keys of {owner} were destroyed.");
    }

    private async ValueTask<DataKey> ReserveAsync(KeyOwner owner, int messages, CancellationToken cancellationToken)
    {
        var keys = await FindAsync(owner, cancellationToken);
        using var _ = await EnterAsync(owner, cancellationToken);
        keys = _held[owner];
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
        var held = _held.TryGetValue(owner, out var last) && last.Keys.Count > 0 ? last : null;
        var keys = new List<DataKey>();
        foreach (var wrapped in ring.Keys)
        {
            keys.Add(held?.Find(wrapped.Id) ?? await OpenAsync(owner, wrapped, cancellationToken));
        }

        var source = held?.Source ?? new OwnerKeySource(
            owner, token => _held.ContainsKey(owner) ? ReloadAsync(owner, token) : ValueTask.CompletedTask);
        source.Set(keys);
        var index = held?.Index ?? new RowIndex(logs, source, _options);
        if (held is null && keys.Count > 0)
        {
            await LoadAsync(index, cancellationToken);
        }

        var taken = new OwnerKeys(owner, ring, keys, index, source, epoch);
        _held[owner] = taken;
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

    private async ValueTask<Entered> EnterAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(owner, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken);
        return new Entered(gate);
    }

    private readonly struct Entered(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
