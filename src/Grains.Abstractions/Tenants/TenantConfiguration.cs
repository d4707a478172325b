using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>What a tenant's administrators configure. Versioned as a whole; immutable.</summary>
[Wire("tenant-configuration", 2)]
public sealed record TenantConfiguration
{
    /// <summary>What people call it; 1 to 100 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The tier, which sets the quotas that <see cref="Quotas"/> does not. Default: <c>standard</c>.</summary>
    public string Tier { get; init; } = "standard";

    /// <summary>Quotas that differ from the tier's. Only operators set them.</summary>
    public TenantQuotas Quotas { get; init; } = new();

    /// <summary>Roles of the tenant's own, beside those that every tenant has.</summary>
    public IReadOnlyList<RoleDefinition> Roles { get; init; } = [];

    /// <summary>Who may connect, by address.</summary>
    public TenantNetwork Network { get; init; } = new();

    /// <summary>The tenant's own provider, which logs its users in; null without one.</summary>
    public TenantFederation? Federation { get; init; }

    /// <summary>
    /// How long audit records are held; no shorter than the installation lets it be, 30 days. Default: the
    /// installation's, 30 days.
    /// </summary>
    public TimeSpan? AuditRetention { get; init; }
}
