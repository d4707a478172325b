using Smcp.Security.Encryption.Backup;
using Smcp.Storage.Snapshots;

namespace Smcp.Backup;

/// <summary>Copies the store as of one moment, and seals the copy; a product that serves from it goes on.</summary>
internal sealed class BackupCommand(MaintenanceLine line)
{
    private const string CopySuffix = ".copy";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(line.File))
        {
            throw new BackupException($"{line.File} exists already. A backup is never written over: choose another name.");
        }

        await using var host = MaintenanceHost.Build(line.Settings);
        var archive = host.Archive;
        var copy = line.File + CopySuffix;
        File.Delete(copy);
        try
        {
            if (line.Tenant is { } tenant)
            {
                SqliteSnapshot.CopyPart(
                    host.Folder,
                    copy,
                    address => archive.IsOf(tenant, address) || address == archive.RingOf(tenant),
                    log => archive.IsLogOf(tenant, log));
            }
            else
            {
                SqliteSnapshot.CopyAll(host.Folder, copy);
            }

            await archive.WriteAsync(
                new BackupContent
                {
                    Tenant = line.Tenant,
                    Schema = SqliteSnapshot.SchemaVersion,
                    Rings = SqliteSnapshot.ReadStates(copy, archive.RingType),
                },
                copy,
                line.File,
                await Maintenance.PassphraseAsync(line, cancellationToken),
                cancellationToken);
        }
        finally
        {
            File.Delete(copy);
        }

        var what = line.Tenant is { } named ? $"the tenant {named}" : "the whole store";
        Console.Out.WriteLine($"Backed up {what}: {line.File} ({new FileInfo(line.File).Length:N0} bytes).");
        Console.Out.WriteLine(line.PassphraseFile is null
            ? "It opens with the master key of today: keep a copy of that, and of deletions.log, apart from it."
            : "It opens with the passphrase. Keep a copy of deletions.log apart from it.");
        return 0;
    }
}
