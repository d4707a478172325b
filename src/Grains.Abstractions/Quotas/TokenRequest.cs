using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>A gateway asks for tokens of a rate.</summary>
[Wire("token-request", 1)]
public sealed record TokenRequest
{
    /// <summary>The gateway.</summary>
    public required string Holder { get; init; }

    /// <summary>The limit as the gateway knows it, tokens a minute.</summary>
    public required long PerMinute { get; init; }

    /// <summary>What the request in hand costs: all of it is granted, or nothing is.</summary>
    public long Needed { get; init; }

    /// <summary>How many it could use soon, that included. The grain grants what it sees fit.</summary>
    public long Wanted { get; init; }

    /// <summary>Tokens of its last lease that lapsed unspent.</summary>
    public long Returned { get; init; }
}
