using Microsoft.Extensions.Logging;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// Wraps every data key with the newest master key. Each ring changes whole or not at all, and those that are done are
/// passed over: so it goes on wherever it was interrupted.
/// </summary>
internal sealed partial class MasterRotation(
    DataKeyStore store, KeyRings rings, DeletionFile deletions, ILogger<MasterRotation> logger)
{
    /// <summary>Adds a version, unless some keys still wait for the newest one, and wraps all with it.</summary>
    /// <exception cref="EncryptionStartException">The master key's source is not ours to write.</exception>
    public async ValueTask<int> RotateAsync(CancellationToken cancellationToken)
    {
        if (!await IsPendingAsync(cancellationToken))
        {
            await store.Wrapping.AdvanceAsync(cancellationToken);
        }

        await ContinueAsync(cancellationToken);
        return await store.Wrapping.CurrentAsync(cancellationToken);
    }

    /// <summary>Whether some keys are wrapped by an older master key.</summary>
    public async ValueTask<bool> IsPendingAsync(CancellationToken cancellationToken)
    {
        var current = await store.Wrapping.CurrentAsync(cancellationToken);
        await foreach (var (_, ring) in rings.AllAsync(cancellationToken))
        {
            if (ring.Keys.Any(key => key.Master != current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Wraps what an older master key wraps.</summary>
    public async ValueTask ContinueAsync(CancellationToken cancellationToken)
    {
        var current = await store.Wrapping.CurrentAsync(cancellationToken);
        var count = 0;
        await foreach (var (owner, found) in rings.AllAsync(cancellationToken))
        {
            if (found.Keys.Any(key => key.Master != current))
            {
                await store.ChangeAsync(owner, ring => RewrapAsync(owner, ring, cancellationToken), cancellationToken);
                count++;
            }
        }

        await deletions.RewrapAsync(cancellationToken);
        if (count > 0)
        {
            LogRewrapped(count, current);
        }
    }

    private async ValueTask<DataKeyRing?> RewrapAsync(
        KeyOwner owner, DataKeyRing ring, CancellationToken cancellationToken)
    {
        var keys = new List<WrappedDataKey>();
        foreach (var key in ring.Keys)
        {
            keys.Add(await store.RewrapAsync(owner, key, cancellationToken)
                ?? throw new StorageUnavailableException(
                    $"Data key {key.Id} of {owner} cannot be unwrapped by the master keys at hand."));
        }

        return ring with { Keys = keys };
    }
}
