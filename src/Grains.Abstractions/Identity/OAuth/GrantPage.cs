using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>Some of a user's grants, in the order of their ids; or why not.</summary>
[Wire("oauth-grant-page", 2)]
public sealed record GrantPage
{
    public IReadOnlyList<GrantSummary> Grants { get; init; } = [];

    /// <summary>Where the next page begins; none after the last.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
