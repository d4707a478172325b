using System.Text.Json;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Tenants;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Asks the keys and the deletions of the store at hand.</summary>
internal sealed class BackupAdmission(
    DataKeyStore store,
    KeyOpening opening,
    BackupRing rings,
    DeletionLog deletions,
    DeletionReplay replay,
    RestoredTenant restored,
    RestoredClients clients) : IBackupAdmission
{
    public async ValueTask<ReadOnlyMemory<byte>> AdmitAsync(
        OpenedBackup backup, bool replaces, CancellationToken cancellationToken)
    {
        var tenant = backup.Tenant
            ?? throw new BackupException("The backup holds the whole store, and no single tenant.");
        var owner = new KeyOwner(tenant.ToString());
        await opening.OpenAsync(cancellationToken);
        await replay.RunAsync(cancellationToken);
        if ((await deletions.ReadAsync(cancellationToken)).Any(deletion =>
            deletion.Tenant == tenant && deletion.Generation >= backup.Ring.Generation))
        {
            throw new BackupException(
                $"The keys of {tenant} were destroyed here since the backup was made: it stays gone.");
        }

        var standing = (await store.ReadAsync(owner, cancellationToken))?.Ring;
        if (!replaces && standing is { IsDestroyed: false })
        {
            throw new BackupException($"The tenant {tenant} is here already. --replace puts the backup in its place.");
        }

        var ring = await rings.ForStoreAsync(owner, backup.Ring, backup.Key, cancellationToken);

        // No id of a key is ever given twice here, not even to what stands in another's place.
        ring = ring with { LastId = Math.Max(ring.LastId, standing?.LastId ?? 0) };
        return JsonSerializer.SerializeToUtf8Bytes(ring, WireJson.Options);
    }

    public async ValueTask<IReadOnlyList<ClientId>> ClientsOfAsync(
        TenantId tenant, CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        return await store.ReadAsync(new KeyOwner(tenant.ToString()), cancellationToken)
            is { Ring.IsDestroyed: false }
            ? await clients.ListAsync(tenant, cancellationToken)
            : [];
    }

    public async ValueTask PutInForceAsync(
        OpenedBackup backup, IReadOnlyList<ClientId> before, CancellationToken cancellationToken)
    {
        if (backup.Tenant is { } tenant)
        {
            await clients.PutAsync(tenant, backup.Clients, before, cancellationToken);
        }

        if (backup.Version is { } version)
        {
            await restored.PutAsync(version, cancellationToken);
        }
    }

    public async ValueTask<IReadOnlyList<TenantId>> ReplayAsync(CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        return await replay.RunAsync(cancellationToken);
    }
}
