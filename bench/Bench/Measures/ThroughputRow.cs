namespace Smcp.Bench.Measures;

/// <summary>One line of the results. Latencies in milliseconds, CPU of the server in microseconds a call.</summary>
internal sealed record ThroughputRow(
    string Name,
    int Connections,
    double CallsPerSecond,
    double P50,
    double P99,
    double CpuMicroseconds,
    double AllocatedBytes,
    double ResidentMiB)
{
    public static ThroughputRow MedianOf(IReadOnlyList<ThroughputRow> rounds) => new(
        rounds[0].Name,
        rounds[0].Connections,
        Median(rounds, r => r.CallsPerSecond),
        Median(rounds, r => r.P50),
        Median(rounds, r => r.P99),
        Median(rounds, r => r.CpuMicroseconds),
        Median(rounds, r => r.AllocatedBytes),
        Median(rounds, r => r.ResidentMiB));

    private static double Median(IEnumerable<ThroughputRow> rounds, Func<ThroughputRow, double> figure)
    {
        var sorted = rounds.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
