using Smcp.TestSupport;
using Smcp.Testing;

namespace Smcp.Nodes;

/// <summary>A stop comes to its end without the store too.</summary>
public sealed class NodeStopLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silo_EndsAtItsLimit_WhenTheStoreIsGone()
    {
        using var database = new PostgresServer();
        var ports = FreePorts.Take(2);
        var environment = LocalNodes.Environment;
        var connection = environment["Smcp__Postgres__ConnectionString"] = database.NewDatabase();
        await using var silo = await NodeProgram.StartAsync(
            [
                .. LocalNodes.Silo(ports[0], ports[1], ports[0]),
                "--Smcp:Silo:Providers:Store=Postgres", "--Smcp:Silo:Providers:Bells=Postgres",
                "--Smcp:Silo:LeaveTime=00:00:00", "--Smcp:Instances:DrainTimeout=00:00:01",
                "--Smcp:Silo:StopTime=00:00:03",
            ],
            environment);
        Refuse(database, connection.Split("Database=")[1]);

        // Orleans alone would go on for minutes.
        var run = await silo.StopAsync(Patience);

        Assert.True(run.ExitCode == 1, run.Said);
        Assert.Contains("did not stop within 00:00:05", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>The store takes nobody any more.</summary>
    private static void Refuse(PostgresServer database, string name)
    {
        database.Run("postgres", $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        database.Run(
            "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }
}
