using Smcp.EndToEnd.Crash;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;

namespace Smcp.EndToEnd.Backup;

/// <summary>A data folder, moved into a cluster's store by the product's own command.</summary>
public sealed class MoveTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Move_TakesEverythingOver_AndRefusesWhatIsServedOrNotEmpty()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(4), TimeProvider.System);
        using var data = new DataFolder();
        var store = $"--Smcp:Postgres:ConnectionString={server.NewDatabase()}";
        await using (var smcp = await Standalone.StartAsync(data.Path))
        {
            using var client = new CountingClient("first", new EffectHistory());
            await client.OpenAsync(smcp, late.Token);
            await client.WorkAsync(smcp, 40, late.Token);
            await BackupProgram.RunAsync(
                1, "Another Smcp process uses the data folder", "move", "postgres", "--data", data.Path, store);
        }

        var run = await BackupProgram.RunAsync(
            0, "Give the cluster's nodes the same master key", "move", "postgres", "--data", data.Path, store);
        Assert.Contains("as many as", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Moved 0 states", run.Output, StringComparison.Ordinal);

        await BackupProgram.RunAsync(1, "was moved into a cluster", "move", "postgres", "--data", data.Path, store);
        File.Delete(Path.Combine(data.Path, "moved"));
        await BackupProgram.RunAsync(1, "is not empty", "move", "postgres", "--data", data.Path, store);
        await using var again = await Standalone.StartAsync(data.Path);
    }

    [Fact]
    public async Task Move_RefusesWithASentence_WhenItCannotBeDone()
    {
        using var data = new DataFolder();
        var nowhere = "--Smcp:Postgres:ConnectionString=Host=127.0.0.1;Port=1;Username=nobody";
        await BackupProgram.RunAsync(1, "holds no store", "move", "postgres", "--data", data.Path, nowhere);
        await using (await Standalone.StartAsync(data.Path))
        {
            // Makes a store.
        }

        await BackupProgram.RunAsync(1, "cannot be used", "move", "postgres", "--data", data.Path, nowhere);
        await BackupProgram.RunAsync(
            1, "no connection string of a storage account", "move", "azure-blobs", "--data", data.Path,
            "--Smcp:AzureBlobs:ConnectionString=nonsense");
        await BackupProgram.RunAsync(1, "ConnectionString", "move", "postgres", "--data", data.Path);
        await BackupProgram.RunAsync(2, "move needs to know where", "move", "--data", data.Path);
        await BackupProgram.RunAsync(2, "is no store of a cluster", "move", "tape", "--data", data.Path);
    }
}
