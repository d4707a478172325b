using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>Some of the installation's tenants, in the order of their ids; or why not.</summary>
[Wire("tenant-page", 1)]
public sealed record TenantPage
{
    public IReadOnlyList<TenantEntry> Tenants { get; init; } = [];

    /// <summary>After which id to go on; null at the end.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
