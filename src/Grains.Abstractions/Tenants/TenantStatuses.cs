namespace Smcp.Tenants;

/// <summary>What follows from where a tenant is in its life.</summary>
public static class TenantStatuses
{
    /// <summary>
    /// Whether there is such a tenant, served or not. One that was deleted is as one that never was: what it stored
    /// cannot be read.
    /// </summary>
    public static bool IsThere(this TenantStatus status) => status is TenantStatus.Active or TenantStatus.Suspended;
}
