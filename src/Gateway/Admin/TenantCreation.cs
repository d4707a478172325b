using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>A tenant to be provisioned.</summary>
internal sealed record TenantCreation
{
    public required TenantId Id { get; init; }

    public TenantConfiguration Configuration { get; init; } = new();
}
