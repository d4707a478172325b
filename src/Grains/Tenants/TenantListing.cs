using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>One record of the directory: there is, or was, a tenant of this id.</summary>
[Wire("tenant-listing", 1)]
internal sealed record TenantListing : ILogMapEntry
{
    public required string Tenant { get; init; }

    string ILogMapEntry.MapKey => Tenant;

    bool ILogMapEntry.IsRemoval => false;
}
