using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage.Snapshots;

namespace Smcp.Backup;

/// <summary>Copies the store as of one moment, and seals the copy; a product that serves from it goes on.</summary>
internal sealed class BackupCommand(MaintenanceLine line)
{
    private const string CopySuffix = ".smcp-copy";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(line.File))
        {
            throw new BackupException(
                $"{line.File} exists already. A backup is never written over: choose another name.");
        }

        var folder = Path.GetDirectoryName(line.File)!;
        if (!Directory.Exists(folder))
        {
            throw new BackupException($"There is no folder {folder}. Make it, or name the backup elsewhere.");
        }

        await using var host = MaintenanceHost.Build(line.Settings);
        var copy = line.File + CopySuffix;
        File.Delete(copy);
        try
        {
            var content = line.Tenant is { } tenant ? CopyTenant(host, tenant, copy) : CopyAll(host, copy);
            var passphrase = await Maintenance.PassphraseAsync(line, cancellationToken);
            await host.Archive.WriteAsync(content, copy, line.File, passphrase, cancellationToken);
            SqliteSnapshot.Settle(line.File);
        }
        finally
        {
            File.Delete(copy);
        }

        await new MaintenanceRecord(host.Notes, host.Folder, line).AddAsync(
            AuditActions.BackupMade,
            AuditOutcome.Success,
            line.PassphraseFile is null ? "under the master key" : "under a passphrase",
            cancellationToken);
        var what = line.Tenant is { } named ? $"the tenant {named}" : "the whole store";
        Console.Out.WriteLine($"Backed up {what}: {line.File} ({new FileInfo(line.File).Length:N0} bytes).");
        Console.Out.WriteLine(line.PassphraseFile is null
            ? "It opens with the master key of today: keep a copy of that apart from it, "
                + "and of deletions.log, once there is one."
            : "It opens with the passphrase. Keep a copy of deletions.log apart from it, once there is one.");
        return 0;
    }

    private static BackupContent CopyAll(MaintenanceHost host, string copy)
    {
        SqliteSnapshot.CopyAll(host.Folder, copy);
        return new BackupContent
        {
            Schema = SqliteSnapshot.SchemaOf(copy),
            Rings = SqliteSnapshot.ReadStates(copy, host.Archive.RingType),
        };
    }

    private static BackupContent CopyTenant(MaintenanceHost host, TenantId tenant, string copy)
    {
        var archive = host.Archive;
        SqliteSnapshot.CopyPart(host.Folder, copy, new SnapshotPart(
            address => archive.IsOf(tenant, address) || address == archive.RingOf(tenant),
            log => archive.IsLogOf(tenant, log)));
        return new BackupContent
        {
            Tenant = tenant,
            Schema = SqliteSnapshot.SchemaOf(copy),
            Rings = SqliteSnapshot.ReadStates(copy, archive.RingType),
            Version = SqliteSnapshot.ReadNewest(host.Folder, archive.VersionsOf(tenant)),
            Read = address => SqliteSnapshot.ReadState(host.Folder, address),
            PlatformRing = SqliteSnapshot.ReadState(host.Folder, archive.PlatformRing) ?? default,
        };
    }
}
