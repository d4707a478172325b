using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>The key of a log's seals; made once, with the log.</summary>
[Wire("audit-seal", 1)]
internal sealed record AuditSeal
{
    /// <summary>256 random bits; empty before the first record.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }
}
