using Smcp.Bench.Load;
using Smcp.Bench.Peers;

namespace Smcp.Bench.Measures;

/// <summary>
/// Calls per second, latency, CPU and allocation of the candidates at one number of connections, in rounds that take
/// turns, so that what the machine does besides falls on all of them.
/// </summary>
internal static class Throughput
{
    public static IReadOnlyList<ThroughputRow> Measure(
        IReadOnlyList<Peer> peers, int connections, BenchOptions options, TimeSpan warmUp)
    {
        foreach (var peer in peers)
        {
            OverConnections(peer, connections, open => LoadGenerator.Run(open, warmUp));
        }

        var rounds = peers.ToDictionary(p => p, _ => new List<ThroughputRow>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var peer in peers)
            {
                OverConnections(
                    peer, connections, open => rounds[peer].Add(MeasureOne(peer, open, connections, options.Round)));
            }
        }

        return [.. peers.Select(p => ThroughputRow.MedianOf(rounds[p]))];
    }

    /// <summary>New connections each time: a server may close one that rests while others have their turn.</summary>
    private static void OverConnections(Peer peer, int count, Action<List<LoadConnection>> act)
    {
        var open = Enumerable.Range(0, count).Select(_ => peer.Connect()).ToList();
        try
        {
            act(open);
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static ThroughputRow MeasureOne(
        Peer peer, List<LoadConnection> connections, int count, TimeSpan duration)
    {
        var cpu = peer.Server.Cpu;
        var allocated = peer.Server.AllocatedBytes;
        var load = LoadGenerator.Run(connections, duration);
        if (load.Bad > 0)
        {
            throw new InvalidOperationException(
                $"{peer.Name} gave {load.Bad} wrong answers, such as:\n{load.FirstBad}");
        }

        return new ThroughputRow(
            peer.Name,
            count,
            load.CallsPerSecond,
            load.P50,
            load.P99,
            (peer.Server.Cpu - cpu).TotalMicroseconds / load.Calls,
            (double)(peer.Server.AllocatedBytes - allocated) / load.Calls,
            peer.Server.ResidentMiB);
    }
}
