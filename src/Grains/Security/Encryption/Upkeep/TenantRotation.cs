using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// Gives an owner a new data key, encrypts its rows anew, and destroys the old key. The ring says how far it is: a key
/// that is retired but not gone means that rows may be left. So it goes on wherever it was interrupted.
/// </summary>
internal sealed partial class TenantRotation(
    DataKeyStore store,
    DataKeys keys,
    KeyRings rings,
    EncryptedGrainStorage states,
    LogRenewal logs,
    [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory,
    TenantRotationClock clock,
    ILogger<TenantRotation> logger)
{
    /// <summary>Makes the new key, which writes from now on. False where the keys were destroyed.</summary>
    public async ValueTask<bool> BeginAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        if ((await store.ReadAsync(owner, cancellationToken))?.Ring.IsDestroyed == true)
        {
            return false;
        }

        await keys.FindAsync(owner, cancellationToken);
        var stored = await store.ChangeAsync(
            owner,
            async ring => ring.Keys.Count != 1
                ? null
                : ring.With(await store.MakeAsync(owner, ring, 0, cancellationToken)),
            cancellationToken);
        await store.AnnounceAsync(cancellationToken);
        await keys.ReloadAsync(owner, cancellationToken);
        return !stored.Ring.IsDestroyed;
    }

    /// <summary>
    /// Encrypts anew what older keys encrypted, and destroys them. False where it is too early: nodes may still write
    /// with a key for some time after it is retired.
    /// </summary>
    public async ValueTask<bool> ContinueAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(owner, cancellationToken) is not { Ring: { Keys.Count: > 1 } ring })
        {
            return true;
        }

        if (!clock.IsPast(ring))
        {
            return false;
        }

        // A pass that finds nothing proves that the old keys are used by nothing.
        while (await RenewAsync(owner, cancellationToken) is > 0 and var count)
        {
            LogRenewed(owner.ToString(), count);
        }

        var used = await keys.FindAsync(owner, cancellationToken);
        await used.Index.FlushAsync(cancellationToken);
        await used.Index.RewriteAsync(cancellationToken);
        var newest = ring.Keys[0].Id;
        await store.ChangeAsync(
            owner,
            held => ValueTask.FromResult<DataKeyRing?>(
                held with { Keys = [.. held.Keys.Where(key => key.Id >= newest)] }),
            cancellationToken);
        await inventory.EraseRemovedAsync(cancellationToken);
        await store.AnnounceAsync(cancellationToken);
        await keys.ReloadAsync(owner, cancellationToken);
        LogRotated(owner.ToString(), newest);
        return true;
    }

    private async ValueTask<long> RenewAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var address in rings.StatesOfAsync(found => found == owner, cancellationToken))
        {
            count += await TryRenewAsync(async () =>
                await states.RenewAsync(address, cancellationToken) ? 1 : 0);
        }

        await foreach (var log in rings.LogsOfAsync(found => found == owner, cancellationToken))
        {
            count += await TryRenewAsync(() => logs.RenewAsync(log, cancellationToken));
        }

        return count;
    }

    private static async ValueTask<long> TryRenewAsync(Func<ValueTask<long>> renew)
    {
        try
        {
            return await renew();
        }
        catch (StateConflictException)
        {
            // Written meanwhile: the next pass looks at it again.
            return 1;
        }
        catch (StorageUnavailableException exception) when (exception.InnerException is DamagedRowException)
        {
            // It was refused, and said so; no key opens it, so none is kept for it.
            return 0;
        }
    }
}
