using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What left for a tenant in the last day in which anything did.</summary>
[Wire("egress-state", 1)]
internal sealed record EgressState
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    public long Bytes { get; init; }
}
