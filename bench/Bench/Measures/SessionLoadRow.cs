namespace Smcp.Bench.Measures;

/// <summary>Many sessions that call for a long time; latencies in milliseconds, by runtime.</summary>
internal sealed record SessionLoadRow(
    int Sessions,
    TimeSpan Duration,
    IReadOnlyList<(string Runtime, long Calls, long Errors, double P50, double P95, double P99)> Runtimes,
    IReadOnlyList<double> ResidentMiB);
