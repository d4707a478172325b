using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>Some of the records asked for. A page may be short, or empty, with more to come.</summary>
[Wire("audit-page", 1)]
public sealed record AuditPage
{
    public IReadOnlyList<AuditRecord> Records { get; init; } = [];

    /// <summary>The cursor of the next page; null at the end.</summary>
    public long? Next { get; init; }

    /// <summary>Why there are none.</summary>
    public McpFault? Fault { get; init; }
}
