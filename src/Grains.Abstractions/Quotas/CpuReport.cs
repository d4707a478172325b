using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What a node measured of a tenant's servers since its last report.</summary>
[Wire("cpu-report", 1)]
public sealed record CpuReport
{
    /// <summary>The node's process.</summary>
    public required string Source { get; init; }

    /// <summary>Counts its reports: 1 and more.</summary>
    public long Number { get; init; }

    /// <summary>Processor time in microseconds.</summary>
    public long Microseconds { get; init; }
}
