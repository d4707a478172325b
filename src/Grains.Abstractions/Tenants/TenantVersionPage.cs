using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>Some versions of a tenant, the newest first; or why not.</summary>
[Wire("tenant-version-page", 1)]
public sealed record TenantVersionPage
{
    public IReadOnlyList<TenantRecord> Versions { get; init; } = [];

    /// <summary>Before which version to go on; 0 at the end.</summary>
    public long Next { get; init; }

    public McpFault? Fault { get; init; }
}
