using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>Everything that is done to keys, and the carrying on of what was begun.</summary>
internal sealed class KeyAdministration(
    DataKeyStore store,
    KeyOpening opening,
    KeyRings rings,
    MasterRotation master,
    TenantRotation rotation,
    KeyDestruction destruction,
    DeletionLog deletions,
    [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory) : IKeyAdministration
{
    public async ValueTask<int> RotateMasterAsync(CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        return await master.RotateAsync(cancellationToken);
    }

    public async ValueTask<bool> RotateTenantAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        return await rotation.BeginAsync(OwnerOf(tenant), cancellationToken);
    }

    public async ValueTask<bool> DestroyTenantKeysAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        if (tenant == TenantId.Platform)
        {
            return false;
        }

        await destruction.DestroyAsync(tenant, cancellationToken);
        return true;
    }

    public async ValueTask<bool> ProvisionTenantAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        return tenant != TenantId.Platform && await destruction.ProvisionAsync(tenant, cancellationToken);
    }

    public ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(CancellationToken cancellationToken) =>
        deletions.ReadAsync(cancellationToken);

    public async ValueTask ReplayDeletionsAsync(
        IReadOnlyList<KeyDeletion> replayed, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        await destruction.ReplayAsync(replayed, cancellationToken);
    }

    public async ValueTask<bool> ContinueAsync(CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        await master.ContinueAsync(cancellationToken);
        await destruction.ContinueAsync(cancellationToken);
        var isDone = true;
        await foreach (var (owner, ring) in rings.AllAsync(cancellationToken))
        {
            if (ring.Keys.Count > 1)
            {
                isDone &= await rotation.ContinueAsync(owner, cancellationToken);
            }
        }

        // Once more, as the step before may have ended between a key's removal and this.
        await inventory.EraseRemovedAsync(cancellationToken);
        return isDone;
    }

    public async ValueTask<KeyStatus> StatusAsync(CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        var status = new KeyStatus { Master = await store.Wrapping.CurrentAsync(cancellationToken) };
        await foreach (var (_, ring) in rings.AllAsync(cancellationToken))
        {
            status = status with
            {
                Owners = status.Owners + (ring.IsDestroyed ? 0 : 1),
                Destroyed = status.Destroyed + (ring.IsDestroyed ? 1 : 0),
                Rotating = status.Rotating + (ring.Keys.Count > 1 ? 1 : 0),
                OnOlderMaster = status.OnOlderMaster + (ring.Keys.Any(key => key.Master != status.Master) ? 1 : 0),
            };
        }

        return status;
    }

    public async ValueTask<TenantKeys> DescribeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(OwnerOf(tenant), cancellationToken) is not { } stored)
        {
            return new TenantKeys();
        }

        var writes = stored.Ring.Keys.Count > 0 ? stored.Ring.Keys[0] : null;
        return new TenantKeys
        {
            Generation = stored.Ring.Generation,
            IsDestroyed = stored.Ring.IsDestroyed,
            Keys = stored.Ring.Keys.Count,
            CreatedAt = writes?.CreatedAt,
            Messages = writes?.Messages ?? 0,
            Master = writes?.Master ?? 0,
        };
    }

    private static KeyOwner OwnerOf(TenantId tenant) =>
        tenant == TenantId.Platform ? KeyOwner.Platform : new KeyOwner(tenant.ToString());
}
