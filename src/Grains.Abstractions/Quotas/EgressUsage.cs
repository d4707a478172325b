using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What left for a tenant today, and may; or why it is not said.</summary>
[Wire("egress-usage", 1)]
public sealed record EgressUsage
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    /// <summary>Bytes of answers and events to its clients.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that may leave in the day; null: no limit.</summary>
    public long? BytesMax { get; init; }

    public McpFault? Fault { get; init; }
}
