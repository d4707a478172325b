using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What left for a tenant in a day.</summary>
[Wire("egress-standing", 1)]
public sealed record EgressStanding
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    public long Bytes { get; init; }
}
