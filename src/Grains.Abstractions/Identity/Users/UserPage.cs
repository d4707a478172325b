using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>Some of a tenant's users, by login name.</summary>
[Wire("user-page", 1)]
public sealed record UserPage
{
    public IReadOnlyList<UserSummary> Users { get; init; } = [];

    /// <summary>After which login name to go on; null at the end.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
