using Smcp.Bench.Load;
using Smcp.Bench.Peers;

namespace Smcp.Bench.Measures;

/// <summary>
/// Sessions of all four runtimes at once, each of which calls every few seconds, as clients with people before them do:
/// how long they wait, whether one is failed, and whether memory grows with time.
/// </summary>
internal static class SessionLoad
{
    private const int Slices = 10;
    private const double CallsPerSecondOfEach = 0.2;

    public static async Task<SessionLoadRow> MeasureAsync(int sessions, TimeSpan duration)
    {
        using var data = new BenchFolder();
        using var elsewhere = PeerServers.TypeScript();
        using var smcp = PeerServers.Smcp(
            data.Path, [.. RuntimeServers.Options(elsewhere.Url), $"--Smcp:Tenants:SessionsMax={sessions * 2}"]);
        using var operators = new OperatorClient(smcp.Url, data.Path);
        await operators.SetQuotasAsync();
        await operators.DeployAsync("worker", WorkerBundles.Exported());
        await operators.DeployAsync("process", StdioServer.Bundled(stateless: true));
        await operators.DeployAsync("remote", RuntimeServers.Remote(elsewhere.Url));
        var key = await operators.CreateKeyAsync();
        (string Runtime, string Server)[] runtimes =
            [("csharp", "echo"), ("worker", "worker"), ("process", "process"), ("remote", "remote")];
        var groups = runtimes.Select(pair =>
        {
            var peer = PeerServers.InSession(
                pair.Runtime, smcp, PeerServers.EndpointOf(smcp.Url, pair.Server), ToolCall.Echo, key);
            var each = sessions / runtimes.Length;
            return new PacedGroup(
                [.. Enumerable.Range(0, each).Select(_ => peer.Connect())], each * CallsPerSecondOfEach);
        }).ToList();
        try
        {
            // Each session's first call is to be compiled code's, as that of a host which has run for a while.
            PacedGenerator.Run(groups, duration / Slices);
            groups.ForEach(group => group.Latencies.Reset());
            var resident = new List<double> { smcp.ResidentMiB };
            for (var slice = 0; slice < Slices; slice++)
            {
                PacedGenerator.Run(groups, duration / Slices);
                resident.Add(smcp.ResidentMiB);
            }

            return new SessionLoadRow(
                sessions, duration, [.. runtimes.Zip(groups, (pair, group) => Found(pair.Runtime, group))], resident);
        }
        finally
        {
            foreach (var connection in groups.SelectMany(group => group.Connections))
            {
                connection.Dispose();
            }
        }
    }

    private static (string, long, long, double, double, double) Found(string runtime, PacedGroup group) => (
        runtime,
        group.Latencies.Count,
        group.Connections.Sum(connection => connection.Bad),
        group.Latencies.Percentile(0.5),
        group.Latencies.Percentile(0.95),
        group.Latencies.Percentile(0.99));
}
