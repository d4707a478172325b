namespace Smcp.Bench.Measures;

/// <summary>
/// p99 of a calm tenant in milliseconds: alone, beside a loud one with its quota, and beside one without.
/// </summary>
internal sealed record NoisyNeighbourRow(double Alone, double Limited, double Unlimited, double LoudPerSecond);
