using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>
/// What gateways and other grains need of a tenant, in one piece; they may hold it for some seconds.
/// </summary>
[Wire("tenant-snapshot", 3)]
public sealed record TenantSnapshot
{
    public TenantStatus Status { get; init; }

    /// <summary>Counts its configurations: 1 and more.</summary>
    public long Version { get; init; }

    /// <summary>Counts its lives: an id that was deleted and provisioned again is another tenant.</summary>
    public int Generation { get; init; } = 1;

    public TenantConfiguration Configuration { get; init; } = new();

    /// <summary>The quotas in force: what the configuration sets, else what its tier does. Null: no limit.</summary>
    public TenantQuotas Quotas { get; init; } = new();
}
