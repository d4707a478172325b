namespace Smcp.Bench.Measures;

/// <summary>Many sessions that call for a long time; latencies in milliseconds, by runtime.</summary>
internal sealed record SessionLoadRow(
    int Sessions,
    TimeSpan Duration,
    IReadOnlyList<(string Runtime, long Calls, long Errors, double P50, double P95, double P99)> Runtimes,
    IReadOnlyList<double> ResidentMiB)
{
    /// <summary>How much more memory the end of a load may take than its begin: a collector's ups and downs.</summary>
    private const double GrowthMax = 1.2;

    /// <summary>How many figures are the begin, and how many the end.</summary>
    private const int Outer = 4;

    public bool HasErrors => Runtimes.Any(row => row.Errors > 0 || row.Calls == 0);

    /// <summary>Whether memory is more at each look of the end than at any of the begin.</summary>
    public bool Grows => ResidentMiB.TakeLast(Outer).Min() > ResidentMiB.Take(Outer).Max() * GrowthMax;

    /// <summary>Whether no call failed and memory is flat.</summary>
    public bool IsHeld => !HasErrors && !Grows;
}
