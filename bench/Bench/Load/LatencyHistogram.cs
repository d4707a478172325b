using System.Diagnostics;

namespace Smcp.Bench.Load;

/// <summary>
/// Counts latencies in buckets that each are at most 2 % wide, so that a run of any length takes the same room.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.02;
    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly long[] _counts = new long[1200];

    public long Count { get; private set; }

    public void Add(long stopwatchTicks)
    {
        var microseconds = Math.Max(1, stopwatchTicks * 1e6 / Stopwatch.Frequency);
        _counts[Math.Min(_counts.Length - 1, (int)(Math.Log(microseconds) / LogGrowth))]++;
        Count++;
    }

    /// <summary>Forgets what was counted.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The latency that this share of the calls did not exceed, in milliseconds.</summary>
    public double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(Count * share);
        for (var (bucket, seen) = (0, 0L); bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
            {
                return Math.Pow(Growth, bucket + 1) / 1000;
            }
        }

        return double.NaN;
    }
}
