using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>An API key to be made.</summary>
[Wire("api-key-request", 1)]
public sealed record ApiKeyRequest
{
    /// <summary>What its owner calls it; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Scopes of <see cref="McpScopes"/>; at least one.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Roles of the tenant; at least one, each at most as much as the maker's own.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How long it is valid. Default: the installation's, 90 days.</summary>
    public TimeSpan? Lifetime { get; init; }
}
