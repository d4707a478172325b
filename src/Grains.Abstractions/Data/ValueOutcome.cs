using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>The version that was written or removed, or why none was.</summary>
[Wire("value-outcome", 1)]
public sealed record ValueOutcome
{
    public long Version { get; init; }

    /// <summary>
    /// <see cref="FaultReason.Conflict"/>: another version; <see cref="FaultReason.LimitExceeded"/>: no room;
    /// <see cref="FaultReason.InvalidParams"/>: not a key or a value.
    /// </summary>
    public McpFault? Fault { get; init; }
}
