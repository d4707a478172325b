using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What left for a tenant in the last day in which anything did.</summary>
[Wire("egress-state", 1)]
internal sealed record EgressState : IDaySum<EgressState>
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    public long Bytes { get; init; }

    long IDaySum<EgressState>.Amount => Bytes;

    static EgressState IDaySum<EgressState>.Of(DateTimeOffset day, long amount) => new() { Day = day, Bytes = amount };
}
