using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>One version of a tenant: what holds from a change until the next.</summary>
[Wire("tenant-record", 1)]
public sealed record TenantRecord
{
    public required TenantId Id { get; init; }

    public TenantStatus Status { get; init; }

    /// <summary>Counts the changes, over all lives of the id: 1 and more.</summary>
    public long Version { get; init; }

    /// <summary>Counts the lives of the id: 1 and more.</summary>
    public int Generation { get; init; } = 1;

    public TenantConfiguration Configuration { get; init; } = new();

    /// <summary>When it was made; none for a tenant that exists from the first start and was never changed.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who made it: tenant and principal.</summary>
    public string? By { get; init; }
}
