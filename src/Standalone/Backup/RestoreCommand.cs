using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Security.Audit;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage.Snapshots;

namespace Smcp.Backup;

/// <summary>
/// Takes a backup into a folder: the whole store into an empty one, a tenant into a store that nobody serves from.
/// </summary>
internal sealed class RestoreCommand(MaintenanceLine line)
{
    private const string PartialName = "restore.partial";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // What an operator lays out before a restore.
    private static readonly string[] Brought = [StandaloneDefaults.MasterKeyName, StandaloneDefaults.DeletionsName];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = MaintenanceHost.Build(line.Settings);
        var hasList = line.Deletions is not null || File.Exists(host.Encryption.DeletionsFile);
        var gone = await RestoreAsync(cancellationToken);
        var record = new MaintenanceRecord(host.Notes, host.Folder, line);
        await record.AddAsync(AuditActions.BackupRestored, AuditOutcome.Success, reason: null, cancellationToken);
        await record.AddGoneAsync(gone, cancellationToken);
        Console.Out.WriteLine(line.Tenant is { } tenant
            ? $"Restored the tenant {tenant} into {host.Folder}."
            : $"Restored the whole store into {host.Folder}.");
        foreach (var destroyed in gone)
        {
            Console.Out.WriteLine($"The keys of {destroyed} were destroyed after the backup was made: it stays gone.");
        }

        if (line.Tenant is null && !hasList)
        {
            Console.Out.WriteLine(
                "No list of destroyed keys was at hand: a tenant destroyed after the backup was made opens again.");
        }

        return 0;
    }

    /// <returns>The tenants whose keys were destroyed again.</returns>
    public async Task<IReadOnlyList<TenantId>> RestoreAsync(CancellationToken cancellationToken)
    {
        var passphrase = await Maintenance.PassphraseAsync(line, cancellationToken);
        return line.Tenant is { } tenant
            ? await RestoreTenantAsync(tenant, passphrase, cancellationToken)
            : await RestoreAllAsync(passphrase, cancellationToken);
    }

    private async Task<IReadOnlyList<TenantId>> RestoreAllAsync(string? passphrase, CancellationToken cancellationToken)
    {
        await using var host = MaintenanceHost.Build(line.Settings);
        var folder = host.Folder;
        if (Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any(entry => !Brought.Contains(Path.GetFileName(entry))))
        {
            throw new BackupException(
                $"{folder} is not empty. A store is restored into an empty folder: name another with --data.");
        }

        var backup = await OpenAsync(host, passphrase, cancellationToken);
        if (backup.Tenant is { } tenant)
        {
            throw new BackupException(
                $"{line.File} holds the tenant {tenant} only: restore it with --tenant {tenant}.");
        }

        Directory.CreateDirectory(folder, Private);
        var partial = Path.Combine(folder, PartialName);
        await host.Archive.ExtractAsync(backup, partial, cancellationToken);
        RequireWhole(partial);
        TakeDeletions(host);
        SqliteSnapshot.Install(partial, folder);

        // At once, although each start would do it too: the folder never holds what was destroyed for longer.
        return await host.Admission.ReplayAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<TenantId>> RestoreTenantAsync(
        TenantId tenant, string? passphrase, CancellationToken cancellationToken)
    {
        OpenedBackup backup;
        ReadOnlyMemory<byte> ring;
        IReadOnlyList<ClientId> clients;
        string partial;
        await using (var host = MaintenanceHost.Build(line.Settings))
        {
            backup = await OpenAsync(host, passphrase, cancellationToken);
            if (backup.Tenant != tenant)
            {
                var held = backup.Tenant is { } other ? $"the tenant {other}" : "the whole store";
                throw new BackupException(
                    $"{line.File} holds {held}, and not the tenant {tenant}. "
                        + "A tenant's rows open under its own id only.");
            }

            Directory.CreateDirectory(host.Folder, Private);
            TakeDeletions(host);
            ring = await host.Admission.AdmitAsync(backup, line.Replaces, cancellationToken);
            clients = await host.Admission.ClientsOfAsync(tenant, cancellationToken);
            partial = Path.Combine(host.Folder, PartialName);
            await host.Archive.ExtractAsync(backup, partial, cancellationToken);
        }

        RequireWhole(partial);

        // The store is closed here, and opened anew after: nothing is in memory of what is written over.
        await using var merged = MaintenanceHost.Build(line.Settings);
        var archive = merged.Archive;
        var part = new SnapshotPart(
            address => archive.IsOf(tenant, address), log => archive.IsLogOf(tenant, log));
        try
        {
            SqliteSnapshot.Merge(partial, merged.Folder, part, archive.RingOf(tenant), ring);
        }
        finally
        {
            File.Delete(partial);
        }

        await merged.Admission.PutInForceAsync(backup, clients, cancellationToken);
        return [];
    }

    /// <summary>A seal says that it is what was made, and not that what was made is sound.</summary>
    private static void RequireWhole(string partial)
    {
        if (SqliteSnapshot.ProblemOf(partial) is { } problem)
        {
            File.Delete(partial);
            throw new BackupException($"The backup's database is damaged ({problem}). Take another one.");
        }
    }

    private async Task<OpenedBackup> OpenAsync(
        MaintenanceHost host, string? passphrase, CancellationToken cancellationToken)
    {
        var backup = await host.Archive.OpenAsync(line.File, passphrase, cancellationToken);
        return backup.Schema <= SqliteSnapshot.SchemaVersion
            ? backup
            : throw new BackupException(
                $"A newer version of Smcp made the backup (its schema is {backup.Schema}, this version knows "
                    + $"{SqliteSnapshot.SchemaVersion}). Restore it with that version.");
    }

    private void TakeDeletions(MaintenanceHost host)
    {
        if (line.Deletions is { } deletions && host.Encryption.DeletionsFile is { } place
            && Path.GetFullPath(deletions) != Path.GetFullPath(place))
        {
            File.Copy(deletions, place, overwrite: false);
            File.SetUnixFileMode(place, Private & ~UnixFileMode.UserExecute);
        }
    }
}
