using Smcp.Identity;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Seals copies of a store into backups, and opens them again; needs master keys, and no store.</summary>
public interface IBackupArchive
{
    /// <summary>
    /// Seals a copy into a file that does not exist yet: whole or not at all, and by a passphrase instead of the master
    /// key where one is given.
    /// </summary>
    /// <exception cref="BackupException">It cannot be written, or the keys do not open.</exception>
    ValueTask WriteAsync(
        BackupContent content, string copy, string file, string? passphrase, CancellationToken cancellationToken);

    /// <exception cref="BackupException">It is no backup, or the master key or passphrase is another.</exception>
    ValueTask<OpenedBackup> OpenAsync(string file, string? passphrase, CancellationToken cancellationToken);

    /// <summary>Writes what it holds to a new file, which is removed again where the backup is not whole.</summary>
    /// <exception cref="BackupException">It is not what was sealed.</exception>
    ValueTask ExtractAsync(OpenedBackup backup, string to, CancellationToken cancellationToken);

    /// <summary>The grain type under which rings of data keys stand.</summary>
    string RingType { get; }

    /// <summary>Where the platform's ring stands.</summary>
    StateAddress PlatformRing { get; }

    /// <summary>Where a tenant's ring stands.</summary>
    StateAddress RingOf(TenantId tenant);

    /// <summary>The log whose newest record says what a tenant is; it is the platform's.</summary>
    string VersionsOf(TenantId tenant);

    /// <summary>Whether a state is the tenant's own, its ring apart.</summary>
    bool IsOf(TenantId tenant, StateAddress address);

    /// <summary>Whether a log is the tenant's own; the index of its rows is.</summary>
    bool IsLogOf(TenantId tenant, string log);
}
