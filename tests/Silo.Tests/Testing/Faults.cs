using System.Globalization;
using Smcp.EndToEnd.Serving;

namespace Smcp.Testing;

/// <summary>Does to a cluster what a fault round is about.</summary>
internal sealed class Faults(FaultCluster cluster, Random random)
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PauseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CutTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StallTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(4);

    /// <summary>Strikes, and says from which moment on sessions must be served again.</summary>
    public async Task<long> StrikeAsync(FaultKind kind, CancellationToken cancellationToken)
    {
        // Somewhere in the middle of what the clients do.
        await FaultRound.WaitAsync(TimeSpan.FromMilliseconds(random.Next(100, 1500)), cancellationToken);
        var silo = cluster.SiloNodes[random.Next(cluster.SiloNodes.Count)];
        switch (kind)
        {
            case FaultKind.KillSilo:
                await silo.Program.KillAsync();
                return Now;
            case FaultKind.KillGateway:
                await cluster.GatewayNodes[random.Next(cluster.GatewayNodes.Count)].Program.KillAsync();
                return Now;
            case FaultKind.RollingRestart:
                await RestartAllAsync();
                return Now;
            case FaultKind.Pause:
                return await PauseAsync(silo, cancellationToken);
            case FaultKind.Partition:
                return await CutAsync(cluster.SiloNodes[^1], cancellationToken);
            case FaultKind.Storage:
                return await FailStoreAsync(cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private static long Now => TimeProvider.System.GetTimestamp();

    private async Task RestartAllAsync()
    {
        foreach (var node in cluster.Nodes)
        {
            var run = await node.Program.StopAsync(StopDeadline);
            if (run.ExitCode != 0)
            {
                throw new InvalidOperationException($"{node.Name} did not stop in good order: {run.Said}");
            }

            await node.StartAsync();
        }
    }

    /// <summary>The silo holds what it has for half a minute, and then goes on as if nothing had been.</summary>
    private static async Task<long> PauseAsync(FaultNode silo, CancellationToken cancellationToken)
    {
        await silo.Program.PauseAsync();
        var struckAt = Now;
        await FaultRound.WaitAsync(PauseTime, cancellationToken);
        await silo.Program.ContinueAsync();

        // Declared dead meanwhile, it ends when it learns so.
        await silo.Program.EndsAsync(EndPatience);
        return struckAt;
    }

    private async Task<long> CutAsync(FaultNode silo, CancellationToken cancellationToken)
    {
        await cluster.Network.CutAsync(silo.Place);
        var struckAt = Now;
        await FaultRound.WaitAsync(CutTime, cancellationToken);
        await cluster.Network.HealAsync(silo.Place);
        await silo.Program.EndsAsync(EndPatience);
        return struckAt;
    }

    /// <summary>The store answers nobody for two seconds, three times; then it refuses everybody for four.</summary>
    private async Task<long> FailStoreAsync(CancellationToken cancellationToken)
    {
        for (var stall = 0; stall < 3; stall++)
        {
            await SignalStoreAsync("STOP");
            await FaultRound.WaitAsync(StallTime, cancellationToken);
            await SignalStoreAsync("CONT");
            await FaultRound.WaitAsync(StallTime / 4, cancellationToken);
        }

        var name = cluster.Connection.Split("Database=")[1].Split(';')[0];
        cluster.Database.Run("postgres", $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        cluster.Database.Run(
            "postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await FaultRound.WaitAsync(RefusalTime, cancellationToken);
        cluster.Database.Run("postgres", $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true");
        return Now;
    }

    /// <summary>To the processes that serve connections: the children of the server's first.</summary>
    private async Task SignalStoreAsync(string signal)
    {
        var folder = cluster.Connection.Split("Host=")[1].Split(';')[0];
        var first = (await File.ReadAllLinesAsync(Path.Combine(folder, "data", "postmaster.pid")))[0].Trim();
        var children = await File.ReadAllTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{first}/task/{first}/children"));
        await ChildProgram.RunAsync(
            "kill", [$"-{signal}", .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
