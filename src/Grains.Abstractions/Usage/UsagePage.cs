using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>Some of the sums, by time and then by name; or why not.</summary>
[Wire("usage-page", 1)]
public sealed record UsagePage
{
    public IReadOnlyList<UsageRow> Rows { get; init; } = [];

    /// <summary>Where the next page begins; none after the last.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
