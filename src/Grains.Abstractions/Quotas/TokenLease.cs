using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What a gateway may spend by itself.</summary>
[Wire("token-lease", 1)]
public sealed record TokenLease
{
    /// <summary>Tokens granted; 0 when what was needed is not there.</summary>
    public long Tokens { get; init; }

    /// <summary>For how long they may be spent.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>When to ask again, where nothing was granted.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Gateways that leased lately, this one included.</summary>
    public int Holders { get; init; } = 1;
}
