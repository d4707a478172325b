using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>Where a tenant is in its life.</summary>
[Wire("tenant-status", 1)]
public enum TenantStatus
{
    /// <summary>There is none, or it is gone: to callers those look alike.</summary>
    None = 0,

    Active = 1,

    /// <summary>Keeps its data; nobody is served but operators.</summary>
    Suspended = 2,

    /// <summary>Its keys are destroyed; what is left of it is being removed.</summary>
    Deleted = 3,
}
