using Smcp.Identity;

namespace Smcp.Tenants;

/// <summary>Who would put which configuration in the place of which.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Tenant">Whose configuration.</param>
/// <param name="Before">The one in force.</param>
/// <param name="After">The one asked for.</param>
/// <param name="IsOperator">Whether the caller is bounded by nothing that it has.</param>
internal sealed record TenantChange(
    CallContext Caller, TenantId Tenant, TenantConfiguration Before, TenantConfiguration After, bool IsOperator);
