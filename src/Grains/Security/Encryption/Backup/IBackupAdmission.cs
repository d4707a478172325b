using Smcp.Identity;

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

    /// <summary>Puts a tenant that was taken in in force, as it was when the backup was made.</summary>
    ValueTask PutInForceAsync(OpenedBackup backup, CancellationToken cancellationToken);

    /// <summary>Opens the store at hand and destroys what was destroyed since it was copied.</summary>
    /// <returns>The tenants whose keys were destroyed now.</returns>
    ValueTask<IReadOnlyList<TenantId>> ReplayAsync(CancellationToken cancellationToken);
}
