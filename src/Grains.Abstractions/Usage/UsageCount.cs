using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>What one principal used of one method or tool of a server.</summary>
[Wire("usage-count", 1)]
public sealed record UsageCount
{
    public required string Method { get; init; }

    /// <summary>The tool, of <c>tools/call</c>; else empty.</summary>
    public string Tool { get; init; } = string.Empty;

    public required string Principal { get; init; }

    public UsageTotals Totals { get; init; } = new();
}
