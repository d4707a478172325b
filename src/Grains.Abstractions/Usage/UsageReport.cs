using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>What one activation of an instance counted since its last report.</summary>
[Wire("usage-report", 1)]
public sealed record UsageReport
{
    /// <summary>The activation.</summary>
    public required string Source { get; init; }

    /// <summary>Counts its reports: 1 and more.</summary>
    public required long Number { get; init; }

    public required string Server { get; init; }

    public IReadOnlyList<UsageCount> Counts { get; init; } = [];
}
