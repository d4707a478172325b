using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// Destroys the data keys of a tenant, and removes what they encrypted. First it stands in the log of deletions; so a
/// start after a kill, or after a restore, finds what is to be done.
/// </summary>
internal sealed partial class KeyDestruction(
    DataKeyStore store,
    KeyRings rings,
    DeletionLog deletions,
    TenantEnd end,
    [FromKeyedServices(RawStorage.Key)] IGrainStorage states,
    [FromKeyedServices(RawStorage.Key)] ILogStorage logs,
    [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory,
    ILogger<KeyDestruction> logger)
{
    public async ValueTask DestroyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var owner = new KeyOwner(tenant.ToString());
        if (await store.ReadAsync(owner, cancellationToken) is { Ring: { IsDestroyed: true } })
        {
            return;
        }

        var generation = (await store.ReadAsync(owner, cancellationToken))?.Ring.Generation ?? 1;
        await deletions.AddAsync(tenant, generation, cancellationToken);
        await DestroyAsync(owner, generation, cancellationToken);
    }

    /// <summary>Destroys what these deletions say was destroyed.</summary>
    public async ValueTask ReplayAsync(IReadOnlyList<KeyDeletion> replayed, CancellationToken cancellationToken)
    {
        var known = (await deletions.ReadAsync(cancellationToken))
            .Select(deletion => (deletion.Tenant, deletion.Generation))
            .ToHashSet();
        foreach (var deletion in replayed.Where(deletion => deletion.Tenant != TenantId.Platform))
        {
            if (known.Add((deletion.Tenant, deletion.Generation)))
            {
                await deletions.AddAsync(deletion.Tenant, deletion.Generation, cancellationToken);
            }

            await DestroyAsync(new KeyOwner(deletion.Tenant.ToString()), deletion.Generation, cancellationToken);
        }
    }

    /// <summary>Ends what was begun: keys that should be gone, and rows of owners without keys.</summary>
    public async ValueTask ContinueAsync(CancellationToken cancellationToken)
    {
        foreach (var deletion in await deletions.ReadAsync(cancellationToken))
        {
            await DestroyAsync(new KeyOwner(deletion.Tenant.ToString()), deletion.Generation, cancellationToken);
        }

        var destroyed = new HashSet<KeyOwner>();
        await foreach (var (owner, ring) in rings.AllAsync(cancellationToken))
        {
            if (ring.IsDestroyed)
            {
                destroyed.Add(owner);
            }
        }

        if (destroyed.Count > 0)
        {
            await RemoveRowsAsync(destroyed.Contains, cancellationToken);
            foreach (var owner in destroyed)
            {
                await logs.DeleteAsync(DataKeyAddress.Index(owner), cancellationToken);
            }
        }
    }

    /// <summary>New keys for a tenant whose keys were destroyed; first whatever is left of it goes.</summary>
    public async ValueTask<bool> ProvisionAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var owner = new KeyOwner(tenant.ToString());
        if (await store.ReadAsync(owner, cancellationToken) is not { Ring.IsDestroyed: true })
        {
            return false;
        }

        await ContinueAsync(cancellationToken);
        await store.ChangeAsync(
            owner,
            ring => ValueTask.FromResult(
                ring.IsDestroyed ? ring with { IsDestroyed = false, Generation = ring.Generation + 1 } : null),
            cancellationToken);
        await rings.AnnounceAsync(owner, cancellationToken);
        LogProvisioned(tenant.ToString());
        return true;
    }

    private async ValueTask DestroyAsync(KeyOwner owner, int generation, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(owner, cancellationToken) is { } found
            && (found.Ring.IsDestroyed || found.Ring.Generation > generation))
        {
            return;
        }

        await store.ChangeAsync(
            owner,
            ring => ValueTask.FromResult(
                ring.IsDestroyed || ring.Generation > generation ? null : ring with { IsDestroyed = true, Keys = [] }),
            cancellationToken);
        await rings.AnnounceAsync(owner, cancellationToken);
        await end.RunAsync(owner, cancellationToken);
        await inventory.EraseRemovedAsync(cancellationToken);
        LogDestroyed(owner.ToString(), generation);
    }

    private async ValueTask RemoveRowsAsync(Predicate<KeyOwner> isMeant, CancellationToken cancellationToken)
    {
        await foreach (var address in rings.StatesOfAsync(isMeant, cancellationToken))
        {
            if (await states.ReadAsync(address, cancellationToken) is { } row)
            {
                await states.ClearAsync(address, row.Version, cancellationToken);
            }
        }

        await foreach (var log in rings.LogsOfAsync(isMeant, cancellationToken))
        {
            await logs.DeleteAsync(log, cancellationToken);
        }
    }
}
