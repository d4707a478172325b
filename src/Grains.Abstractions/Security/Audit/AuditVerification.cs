using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>What a walk over the chain found.</summary>
[Wire("audit-verification", 1)]
public sealed record AuditVerification
{
    /// <summary>Records walked in this call.</summary>
    public long Checked { get; init; }

    /// <summary>The first breaks, in order; none when what was walked is whole.</summary>
    public IReadOnlyList<AuditBreak> Breaks { get; init; } = [];

    /// <summary>Where to go on; null when the walk reached the end.</summary>
    public long? Next { get; init; }

    /// <summary>The number of the newest record: with its hash, what to keep elsewhere as a witness.</summary>
    public long HeadSequence { get; init; }

    public ReadOnlyMemory<byte> HeadHash { get; init; }

    /// <summary>Why there was no walk.</summary>
    public McpFault? Fault { get; init; }
}
