using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>Some of a tenant's clients, in the order of their ids; or why not.</summary>
[Wire("oauth-client-page", 2)]
public sealed record ClientPage
{
    public IReadOnlyList<OAuthClient> Clients { get; init; } = [];

    /// <summary>Where the next page begins; none after the last.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
