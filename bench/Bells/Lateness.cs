namespace Smcp.Bench;

/// <summary>How late bells were, in milliseconds.</summary>
internal sealed record Lateness(double Median, double P90, double P99)
{
    public static Lateness Of(IEnumerable<TimeSpan> measured)
    {
        var sorted = measured.Select(time => time.TotalMilliseconds).Order().ToArray();
        return new Lateness(At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99));
    }

    private static double At(double[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))];
}
