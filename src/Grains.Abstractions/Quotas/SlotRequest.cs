using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>A gateway says how many places it needs.</summary>
[Wire("slot-request", 1)]
public sealed record SlotRequest
{
    /// <summary>The gateway.</summary>
    public required string Holder { get; init; }

    /// <summary>Places that all gateways together may have.</summary>
    public required long Max { get; init; }

    /// <summary>Places in use at this gateway, those asked for included. They are not taken away.</summary>
    public long Used { get; init; }

    /// <summary>Places that it would like to have, for what comes next.</summary>
    public long Wanted { get; init; }
}
