using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>One sum. What was not grouped by is null.</summary>
[Wire("usage-row", 1)]
public sealed record UsageRow
{
    /// <summary>When its period begins; null for a total.</summary>
    public DateTimeOffset? Start { get; init; }

    public UsagePeriod Period { get; init; }

    public string? Server { get; init; }

    public string? Method { get; init; }

    public string? Tool { get; init; }

    public string? Principal { get; init; }

    public UsageTotals Totals { get; init; } = new();
}
