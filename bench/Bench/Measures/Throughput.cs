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
        IReadOnlyList<ICandidate> peers, int connections, BenchOptions options, TimeSpan warmUp)
    {
        foreach (var peer in peers)
        {
            using var load = peer.Open(connections);
            load.Run(warmUp);
        }

        var rounds = peers.ToDictionary(p => p, _ => new List<ThroughputRow>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var peer in peers)
            {
                using var load = peer.Open(connections);
                rounds[peer].Add(MeasureOne(peer, load, connections, options.Round));
            }
        }

        return [.. peers.Select(p => ThroughputRow.MedianOf(rounds[p]))];
    }

    private static ThroughputRow MeasureOne(
        ICandidate peer, ILoad load, int count, TimeSpan duration)
    {
        var cpu = peer.Cpu;
        var allocated = peer.AllocatedBytes;
        var found = load.Run(duration);
        if (found.Bad > 0)
        {
            throw new InvalidOperationException(
                $"{peer.Name} gave {found.Bad} wrong answers, such as:\n{found.FirstBad}");
        }

        return new ThroughputRow(
            peer.Name,
            count,
            found.CallsPerSecond,
            found.P50,
            found.P99,
            (peer.Cpu - cpu).TotalMicroseconds / found.Calls,
            (double)(peer.AllocatedBytes - allocated) / found.Calls,
            peer.ResidentMiB);
    }
}
