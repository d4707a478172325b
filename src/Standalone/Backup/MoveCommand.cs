using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage;
using Smcp.Storage.Snapshots;

namespace Smcp.Backup;

/// <summary>
/// Takes everything in a data folder, as it is encrypted there, into the empty store of a cluster; then reads all of it
/// there, under the master key of the folder.
/// </summary>
internal sealed class MoveCommand(MaintenanceLine line)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string folder;
        await using (var host = MaintenanceHost.Build(line.Settings))
        {
            folder = host.Folder;
        }

        await using var target = BuildTarget();
        using var content = SqliteContent.Open(folder);
        var count = await target.Services.GetRequiredService<IStorageImport>()
            .ImportAsync(content, cancellationToken);
        Console.Out.WriteLine($"Moved {count}: as many as {folder} holds.");

        var found = await target.Services.GetRequiredService<IStoreVerifier>().VerifyAsync(cancellationToken);
        foreach (var problem in found.Problems)
        {
            Console.Error.WriteLine($"smcp: {problem}");
        }

        Console.Out.WriteLine(
            $"Decrypted {found.States:N0} states and {found.Records:N0} records of {found.Logs:N0} logs of "
                + $"{found.Owners:N0} owners there; looked for {found.IndexEntries:N0} rows that the indexes know.");
        if (found.Problems.Count > 0)
        {
            Console.Error.WriteLine("smcp: The cluster's store is not whole. Empty it; the folder is as it was.");
            return 1;
        }

        content.MarkMoved();
        Console.Out.WriteLine(
            "Give the cluster's nodes the same master key, and one of them deletions.log, if there is one. "
                + $"Nothing serves from {folder} any more.");
        return 0;
    }

    /// <summary>The cluster's store, behind the encryption of the folder's master key.</summary>
    private WebApplication BuildTarget()
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddStandaloneConfiguration(line.Settings);
        builder.Logging.ClearProviders();
        var services = line.Target == MoveTarget.Postgres
            ? builder.Services.AddPostgresStorage()
            : builder.Services.AddBlobStorage();
        services.AddStorageEncryption();
        return builder.Build();
    }
}
