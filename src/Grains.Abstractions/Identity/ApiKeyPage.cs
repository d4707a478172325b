using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>Some of a tenant's API keys, in the order of their ids; or why not.</summary>
[Wire("api-key-page", 1)]
public sealed record ApiKeyPage
{
    public IReadOnlyList<ApiKeyInfo> Keys { get; init; } = [];

    /// <summary>Where the next page begins; none after the last.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
