using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What a tenant's servers took of processors today, and may; or why it is not said.</summary>
[Wire("cpu-usage", 1)]
public sealed record CpuUsage
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    /// <summary>Processor time of its programs and workers, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>What they may take in the day; null: no limit.</summary>
    public long? SecondsMax { get; init; }

    public McpFault? Fault { get; init; }
}
