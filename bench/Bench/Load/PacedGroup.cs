namespace Smcp.Bench.Load;

/// <summary>Connections that together send so many requests a second, as long as one of them is free.</summary>
internal sealed class PacedGroup(IReadOnlyList<LoadConnection> connections, double perSecond)
{
    public IReadOnlyList<LoadConnection> Connections => connections;

    public double PerSecond => perSecond;

    /// <summary>From when a request was sent to its whole answer.</summary>
    public LatencyHistogram Latencies { get; } = new();
}
