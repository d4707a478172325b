namespace Smcp.Bench.Load;

/// <summary>What a run of load saw; latencies in milliseconds.</summary>
internal sealed record LoadResult(
    double CallsPerSecond, double P50, double P99, long Calls, long Bad, string? FirstBad);
