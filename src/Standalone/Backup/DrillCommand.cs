using System.Diagnostics;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage.Snapshots;

namespace Smcp.Backup;

/// <summary>
/// Proves a backup: restores it into a folder of its own, decrypts everything, serves from it on loopback, makes a
/// call, verifies the audit logs, and removes the folder. Says what it looked at.
/// </summary>
internal sealed class DrillCommand(MaintenanceLine line)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("smcp-drill-").FullName;
        try
        {
            var problems = await DrillAsync(folder, cancellationToken);
            foreach (var problem in problems)
            {
                Console.Error.WriteLine($"smcp: {problem}");
            }

            await RecordAsync(problems.Count, cancellationToken);
            var took = Stopwatch.GetElapsedTime(began);
            Console.Out.WriteLine(problems.Count == 0
                ? $"The backup is whole: {line.File}. The drill took {took.TotalSeconds:F1} s."
                : $"The backup is not whole: {line.File}. The drill found {problems.Count} problems.");
            return problems.Count == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In the product's own folder, where there is one: the drill's is removed.</summary>
    private async Task RecordAsync(int problems, CancellationToken cancellationToken)
    {
        await using var product = MaintenanceHost.Build(line.Settings);
        if (File.Exists(Path.Combine(product.Folder, SqliteSnapshot.FileName)))
        {
            await new MaintenanceRecord(product.Notes, product.Folder, line).AddAsync(
                AuditActions.BackupDrilled,
                problems == 0 ? AuditOutcome.Success : AuditOutcome.Failure,
                $"{problems} problems",
                cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> DrillAsync(string folder, CancellationToken cancellationToken)
    {
        var there = await LineIntoAsync(folder);
        foreach (var tenant in await new RestoreCommand(there).RestoreAsync(cancellationToken))
        {
            Console.Out.WriteLine($"The keys of {tenant} were destroyed after the backup was made: it stays gone.");
        }

        var problems = new List<string>();
        var damage = SqliteSnapshot.ProblemOf(Path.Combine(folder, SqliteSnapshot.FileName));
        if (damage is not null)
        {
            problems.Add($"The database is damaged: {damage}.");
        }

        Console.Out.WriteLine("Restored it elsewhere: the seal of each part, and the database, were checked.");
        var builder = Product.Prepare(there.Settings);
        builder.Logging.ClearProviders();
        await using var app = Product.Build(builder);
        var found = await app.Services.GetRequiredService<IStoreVerifier>().VerifyAsync(cancellationToken);
        problems.AddRange(found.Problems);
        Console.Out.WriteLine(
            $"Decrypted {found.States:N0} states and {found.Records:N0} records of {found.Logs:N0} logs of "
                + $"{found.Owners:N0} owners; looked for {found.IndexEntries:N0} rows that the indexes know.");
        await app.StartAsync(cancellationToken);
        problems.AddRange(await VerifyAuditAsync(app, found.AuditLogs, cancellationToken));
        if (await DrillCall.ProblemAsync(app, cancellationToken) is { } refusal)
        {
            problems.Add(refusal);
        }

        await app.StopAsync(cancellationToken);
        return problems;
    }

    /// <summary>
    /// The same line for the drill's folder: what the product's own folder brings stays named, and nothing is sent out.
    /// </summary>
    private async Task<MaintenanceLine> LineIntoAsync(string folder)
    {
        await using var product = MaintenanceHost.Build(line.Settings);
        var master = product.Encryption.MasterKeyFile;
        var settings = new Dictionary<string, string?>(line.Settings.Settings, StringComparer.OrdinalIgnoreCase)
        {
            [StandaloneOptions.Key(nameof(StandaloneOptions.Data))] = folder,

            // What a passphrase opens needs none, and a drill makes none where the product keeps its own.
            ["Smcp:Encryption:MasterKeyFile"] = line.PassphraseFile is null || File.Exists(master)
                ? master
                : Path.Combine(folder, StandaloneDefaults.MasterKeyName),
            ["Smcp:Encryption:DeletionsFile"] = Path.Combine(folder, StandaloneDefaults.DeletionsName),
            ["Smcp:Usage:Webhook:Url"] = null,
            ["urls"] = "http://127.0.0.1:0",
        };
        var deletions = line.Deletions
            ?? (File.Exists(product.Encryption.DeletionsFile) ? product.Encryption.DeletionsFile : null);
        return line with { Settings = line.Settings with { Settings = settings }, Deletions = deletions };
    }

    private static async Task<IReadOnlyList<string>> VerifyAuditAsync(
        WebApplication app, IReadOnlyList<string> logs, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var records = 0L;
        foreach (var log in logs)
        {
            var tenant = log[(log.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var grain = app.Services.GetRequiredService<IGrainLocator>().Locate<IAuditGrain>(tenant);
            for (long? next = 0; next is { } after;)
            {
                var walk = await grain.VerifyAsync(Operator(), after, cancellationToken);
                records += walk.Checked;
                next = walk.Next;
                problems.AddRange(walk.Breaks.Select(found =>
                    $"The audit log of {tenant} is broken at record {found.Sequence}: {found.Problem}."));
                if (walk.Fault is { } fault)
                {
                    problems.Add($"The audit log of {tenant} was not verified: {fault.Message}");
                }
            }
        }

        Console.Out.WriteLine($"Verified {records:N0} records of {logs.Count:N0} audit logs.");
        return problems;
    }

    private static CallContext Operator() => new()
    {
        Tenant = TenantId.Platform,
        Principal = PrincipalId.Parse("restore-drill"),
        Scopes = [McpScopes.Admin],
        Permissions = ["platform.read:*"],
        Revision = DrillCall.Revision,
        CorrelationId = "restore-drill",
    };
}
