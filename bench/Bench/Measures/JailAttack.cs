using Smcp.Bench.Load;
using Smcp.Bench.Peers;

namespace Smcp.Bench.Measures;

/// <summary>
/// What a tenant's programs do to another tenant's latency as they take what they can get of the machine; and what they
/// do without jails, so that these are seen to be what keeps them off.
/// </summary>
internal static class JailAttack
{
    /// <summary>How many times its own p99 the other tenant's may be.</summary>
    public const double RatioMax = 1.5;

    private const int Rounds = 5;
    private const int CallsPerSecond = 200;
    private const int Programs = 3;

    private static readonly (string Tool, string Name)[] Attacks =
    [
        ("cpu", "endless loops, 16 of each"), ("memory", "memory, 1 GiB of each"),
        ("forks", "processes that make processes"), ("flood", "lines that nobody asked for"),
    ];

    public static async Task<IReadOnlyList<JailAttackRow>> MeasureAsync(TimeSpan warmUp, TimeSpan round)
    {
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(data.Path);
        using var operators = new OperatorClient(smcp.Url, data.Path);
        await operators.ProvisionAsync("calm", "echo");
        await operators.SetQuotasAsync("calm");
        await operators.SetQuotasAsync();
        await operators.DeployAsync(JailedAttack.Server, JailedAttack.Bundled());
        var endpoint = new Uri(smcp.Url, "/t/calm/s/echo/mcp");
        var calm = PeerServers.WithoutSession(
            "calm", smcp, endpoint, ToolCall.Echo, await operators.CreateKeyAsync("calm"));
        var attack = new JailedAttack(
            PeerServers.EndpointOf(smcp.Url, JailedAttack.Server), await operators.CreateKeyAsync(), Programs);
        Run(calm, warmUp);
        await attack.JailedAsync("cpu", () => Run(calm, round));
        var rows = new List<JailAttackRow>();
        foreach (var (tool, name) in Attacks)
        {
            double[][] found = [new double[Rounds], new double[Rounds], new double[Rounds]];
            for (var i = 0; i < Rounds; i++)
            {
                found[0][i] = Run(calm, round);
                found[1][i] = await attack.JailedAsync(tool, () => Run(calm, round));
                found[2][i] = attack.Free(tool, () => Run(calm, round));
            }

            rows.Add(new JailAttackRow(name, Median(found[0]), Median(found[1]), Median(found[2])));
        }

        return rows;
    }

    private static double Run(Peer calm, TimeSpan duration)
    {
        var group = new PacedGroup([.. Enumerable.Range(0, 4).Select(_ => calm.Connect())], CallsPerSecond);
        try
        {
            PacedGenerator.Run([group], duration);
            return group.Connections.FirstOrDefault(connection => connection.Bad > 0) is { } bad
                ? throw new InvalidOperationException(bad.FirstBad)
                : group.Latencies.Percentile(0.99);
        }
        finally
        {
            foreach (var connection in group.Connections)
            {
                connection.Dispose();
            }
        }
    }

    private static double Median(IEnumerable<double> figures) => figures.Order().ElementAt(Rounds / 2);
}
