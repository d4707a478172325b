using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.Security.Encryption.Backup;

/// <summary>What the store at hand says to a backup, and to having been one.</summary>
public interface IBackupAdmission
{
    /// <summary>
    /// The tenant's keys as this installation is to store them, wrapped by its own master key.
    /// <paramref name="replaces"/>: a tenant that is here already may be replaced.
    /// </summary>
    /// <exception cref="BackupException">The tenant is here, or its keys were destroyed here.</exception>
    ValueTask<ReadOnlyMemory<byte>> AdmitAsync(
        OpenedBackup backup, bool replaces, CancellationToken cancellationToken);

    /// <summary>The OAuth clients that a tenant lists here, before it is replaced.</summary>
    ValueTask<IReadOnlyList<ClientId>> ClientsOfAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a tenant that was taken in in force, as it was when the backup was made, its OAuth clients too. Those that
    /// it listed <paramref name="before"/> and lists no more are removed.
    /// </summary>
    ValueTask PutInForceAsync(
        OpenedBackup backup, IReadOnlyList<ClientId> before, CancellationToken cancellationToken);

    /// <summary>Opens the store at hand and destroys what was destroyed since it was copied.</summary>
    /// <returns>The tenants whose keys were destroyed now.</returns>
    ValueTask<IReadOnlyList<TenantId>> ReplayAsync(CancellationToken cancellationToken);
}
