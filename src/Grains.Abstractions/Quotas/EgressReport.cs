using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What a gateway sent for a tenant since its last report.</summary>
[Wire("egress-report", 1)]
public sealed record EgressReport
{
    /// <summary>The gateway's process.</summary>
    public required string Source { get; init; }

    /// <summary>Counts its reports: 1 and more.</summary>
    public long Number { get; init; }

    public long Bytes { get; init; }
}
