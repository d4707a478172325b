using System.Text.Json;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>
/// The key ring as all nodes share it: in grain storage, made by whoever needs it first. A write that meets another's
/// reads that one instead.
/// </summary>
internal sealed class StoredKeyRing(
    IGrainStorage storage, TimeProvider time, SealerOptions options, string name = "requests") : IDisposable
{
    private readonly StateAddress _address = new("key-ring", name, "keys");

    private readonly SemaphoreSlim _loading = new(1);
    private KeyRing _ring = new();
    private DateTimeOffset _loadedAt = DateTimeOffset.MinValue;

    /// <summary>The key to seal with; durable before it is returned.</summary>
    public async ValueTask<SealingKey> NewestAsync(CancellationToken cancellationToken)
    {
        var ring = _ring;
        if (ring.IsStale(time.GetUtcNow(), options.KeyRotation))
        {
            ring = await LoadAsync(cancellationToken);
        }

        return ring.Keys[0];
    }

    /// <summary>The key of this number, which another node may have added since the ring was read.</summary>
    public async ValueTask<SealingKey?> FindAsync(int id, CancellationToken cancellationToken)
    {
        var key = _ring.Find(id);
        if (key is null && time.GetUtcNow() - _loadedAt >= options.ReloadInterval)
        {
            key = (await LoadAsync(cancellationToken)).Find(id);
        }

        return key;
    }

    /// <inheritdoc/>
    public void Dispose() => _loading.Dispose();

    private async ValueTask<KeyRing> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var stored = await storage.ReadAsync(_address, cancellationToken);
                var ring = stored is null ? new KeyRing() : Read(stored);
                var now = time.GetUtcNow();
                var fresh = ring.IsStale(now, options.KeyRotation) ? ring.Rotate(now, options.KeysMax) : ring;
                if (fresh == ring || await TryWriteAsync(fresh, stored, cancellationToken))
                {
                    _loadedAt = now;
                    return _ring = fresh;
                }
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    private static KeyRing Read(StoredState stored) =>
        JsonSerializer.Deserialize<KeyRing>(stored.Payload.Span, WireJson.Options)
        ?? throw new InvalidDataException("The stored key ring is empty.");

    private async ValueTask<bool> TryWriteAsync(KeyRing ring, StoredState? over, CancellationToken cancellationToken)
    {
        try
        {
            var payload = JsonSerializer.SerializeToUtf8Bytes(ring, WireJson.Options);
            await storage.WriteAsync(_address, payload, over?.Version ?? 0, cancellationToken);
            return true;
        }
        catch (StateConflictException)
        {
            return false;
        }
    }
}
