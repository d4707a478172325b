using Microsoft.Extensions.DependencyInjection;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// Looks, once and before anything is read or written, whether the master key at hand is the one that this store's keys
/// are wrapped with; in an empty store the first one is made.
/// </summary>
internal sealed class KeyOpening(
    DataKeyStore store,
    [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isOpen;

    /// <exception cref="EncryptionStartException">The master key is missing or another.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isOpen)
            {
                await CheckAsync(cancellationToken);
                _isOpen = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var platform = await store.ReadAsync(KeyOwner.Platform, cancellationToken);
        if (platform is null && !await IsEmptyAsync(cancellationToken))
        {
            // Another node may have begun the store between the two looks; the platform's keys come first.
            platform = await store.ReadAsync(KeyOwner.Platform, cancellationToken)
                ?? throw new EncryptionStartException(
                    "The store holds data, but not the platform's keys: it is damaged. Restore a backup.");
        }

        await store.Wrapping.OpenAsync(mayCreate: platform is null, cancellationToken);
        if (platform is null)
        {
            // Before any other row: a store that holds something has them.
            platform = await store.ChangeAsync(
                KeyOwner.Platform,
                async ring => ring.Keys.Count > 0
                    ? null
                    : ring.With(await store.MakeAsync(KeyOwner.Platform, ring, 0, cancellationToken)),
                cancellationToken);
        }

        foreach (var wrapped in platform.Ring.Keys)
        {
            using var key = await store.OpenAsync(KeyOwner.Platform, wrapped, cancellationToken)
                ?? throw new EncryptionStartException(
                    $"The store's keys are wrapped with another master key (version {wrapped.Master}) than the one at "
                        + "hand. Put the right one in its place, then start again.");
        }
    }

    /// <summary>A row may be listed before it is written: the platform's keys alone are a node's that begins.</summary>
    private async ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        (await inventory.ListStatesAsync(string.Empty, null, 2, cancellationToken))
            .All(address => address == DataKeyAddress.Ring(KeyOwner.Platform))
        && (await inventory.ListLogsAsync(string.Empty, null, 1, cancellationToken)).Count == 0;
}
