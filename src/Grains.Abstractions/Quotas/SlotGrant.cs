using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>How many places a gateway has.</summary>
[Wire("slot-grant", 1)]
public sealed record SlotGrant
{
    public long Slots { get; init; }

    /// <summary>For how long, unless it asks again.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>Gateways that hold places, this one included.</summary>
    public int Holders { get; init; } = 1;
}
