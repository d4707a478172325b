using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>Which sums to make. Times are UTC, and count by the hour (by the day, where only days are held).</summary>
[Wire("usage-query", 1)]
public sealed record UsageQuery
{
    /// <summary>From this hour on.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>Up to this hour, itself left out.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    public UsagePeriod Period { get; init; }

    public bool ByServer { get; init; }

    /// <summary>By method and tool.</summary>
    public bool ByTool { get; init; }

    public bool ByPrincipal { get; init; }

    /// <summary>Only of this server.</summary>
    public string? Server { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? After { get; init; }

    /// <summary>Rows at most: 1 to 1,000.</summary>
    public int RowsMax { get; init; } = 100;
}
