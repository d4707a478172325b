using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Masters;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// The rings of wrapped data keys, as the store holds them. Each change is fenced by the ring's version.
/// </summary>
internal sealed class DataKeyStore(
    [FromKeyedServices(RawStorage.Key)] IGrainStorage storage, IKeyWrapping wrapping, TimeProvider time)
{
    public IKeyWrapping Wrapping => wrapping;

    public async ValueTask<StoredRing?> ReadAsync(KeyOwner owner, CancellationToken cancellationToken) =>
        await storage.ReadAsync(DataKeyAddress.Ring(owner), cancellationToken) is { } stored
            ? new StoredRing(
                JsonSerializer.Deserialize<DataKeyRing>(stored.Payload.Span, WireJson.Options)
                    ?? throw new InvalidDataException($"The ring of {owner} is null."),
                stored.Version)
            : null;

    /// <exception cref="StateConflictException">Another node changed the ring.</exception>
    public async ValueTask<StoredRing> WriteAsync(
        KeyOwner owner, StoredRing over, DataKeyRing ring, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(ring, WireJson.Options);
        return new StoredRing(
            ring,
            await storage.WriteAsync(DataKeyAddress.Ring(owner), payload, over.Version, cancellationToken));
    }

    /// <summary>
    /// Changes a ring, over again if another node changes it meanwhile; null from <paramref name="change"/> leaves it.
    /// </summary>
    public async ValueTask<StoredRing> ChangeAsync(
        KeyOwner owner,
        Func<DataKeyRing, ValueTask<DataKeyRing?>> change,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await ReadAsync(owner, cancellationToken) ?? new StoredRing(new DataKeyRing(), 0);
            if (await change(stored.Ring) is not { } changed)
            {
                return stored;
            }

            try
            {
                return await WriteAsync(owner, stored, changed, cancellationToken);
            }
            catch (StateConflictException)
            {
                // Another node was faster: its change is read, and this one made upon it.
            }
        }
    }

    /// <summary>A new data key for a ring, of which so many messages are counted already.</summary>
    public async ValueTask<WrappedDataKey> MakeAsync(
        KeyOwner owner, DataKeyRing ring, long messages, CancellationToken cancellationToken)
    {
        var id = ring.LastId + 1;
        var key = RandomNumberGenerator.GetBytes(DataKey.KeyBytes);
        try
        {
            var wrapped = await wrapping.WrapAsync(key, DataKeyAddress.Context(owner, id), cancellationToken);
            return new WrappedDataKey
            {
                Id = id,
                Master = wrapped.Version,
                Wrapped = wrapped.Text,
                CreatedAt = time.GetUtcNow(),
                Messages = messages,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The key, ready for use; null where the master keys at hand did not wrap it.</summary>
    public async ValueTask<DataKey?> OpenAsync(
        KeyOwner owner, WrappedDataKey wrapped, CancellationToken cancellationToken)
    {
        var key = await UnwrapAsync(owner, wrapped, cancellationToken);
        if (key is null)
        {
            return null;
        }

        try
        {
            return new DataKey(wrapped.Id, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The same key, wrapped by the current master key; null where it cannot be unwrapped.</summary>
    public async ValueTask<WrappedDataKey?> RewrapAsync(
        KeyOwner owner, WrappedDataKey held, CancellationToken cancellationToken)
    {
        var key = await UnwrapAsync(owner, held, cancellationToken);
        if (key is null)
        {
            return null;
        }

        try
        {
            var wrapped = await wrapping.WrapAsync(key, DataKeyAddress.Context(owner, held.Id), cancellationToken);
            return held with { Master = wrapped.Version, Wrapped = wrapped.Text };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>How many changes there were that other nodes must learn of.</summary>
    public async ValueTask<long> ChangesAsync(CancellationToken cancellationToken) =>
        (await storage.ReadAsync(DataKeyAddress.Changes, cancellationToken))?.Version ?? 0;

    /// <summary>Tells the other nodes to read their rings again.</summary>
    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var changes = await ChangesAsync(cancellationToken);
                await storage.WriteAsync(
                    DataKeyAddress.Changes, ReadOnlyMemory<byte>.Empty, changes, cancellationToken);
                return;
            }
            catch (StateConflictException)
            {
                // Another node announces at this moment: once more, so that this change has a number of its own.
            }
        }
    }

    private ValueTask<byte[]?> UnwrapAsync(
        KeyOwner owner, WrappedDataKey wrapped, CancellationToken cancellationToken) =>
        wrapping.UnwrapAsync(
            new WrappedKey(wrapped.Master, wrapped.Wrapped),
            DataKeyAddress.Context(owner, wrapped.Id),
            cancellationToken);
}
