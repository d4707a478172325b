using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>What became of a piece or a removal, or why nothing did.</summary>
[Wire("object-outcome", 1)]
public sealed record ObjectOutcome
{
    /// <summary>The write that goes on; null when it is over.</summary>
    public string? Upload { get; init; }

    /// <summary>The object that was made or removed.</summary>
    public ObjectInfo? Info { get; init; }

    /// <summary>
    /// <see cref="FaultReason.Conflict"/>: the conditions do not hold, or the write is over;
    /// <see cref="FaultReason.LimitExceeded"/>: no room; <see cref="FaultReason.InvalidParams"/>: not an object.
    /// </summary>
    public McpFault? Fault { get; init; }
}
