using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>A tenant in a list.</summary>
[Wire("tenant-entry", 1)]
public sealed record TenantEntry
{
    public required TenantId Id { get; init; }

    public TenantStatus Status { get; init; }

    public long Version { get; init; }

    public int Generation { get; init; } = 1;

    /// <summary>What people call it.</summary>
    public string? DisplayName { get; init; }

    public string? Tier { get; init; }
}
