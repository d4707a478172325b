using Smcp.Tenants;

namespace Smcp.Identity;

/// <summary>What names of roles permit in a tenant. A name that the tenant does not have grants nothing.</summary>
internal static class RoleResolver
{
    /// <summary>The permissions of all these roles together, each once, in order.</summary>
    public static IReadOnlyList<string> PermissionsOf(
        TenantId tenant, TenantConfiguration configuration, IReadOnlyList<string> roles) =>
    [
        .. roles.Select(role => Find(tenant, configuration, role))
            .SelectMany(role => role?.Permissions ?? [])
            .Select(permission => permission.ToString())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The role of this name. A built-in one goes before a tenant's own, which may not take its name; the operator's
    /// is one in the platform's tenant only.
    /// </summary>
    public static RoleDefinition? Find(TenantId tenant, TenantConfiguration configuration, string name) =>
        name == BuiltInRoles.Operator.Name
            ? tenant == TenantId.Platform ? BuiltInRoles.Operator : null
            : BuiltInRoles.All.FirstOrDefault(role => role.Name == name)
                ?? configuration.Roles.FirstOrDefault(role => role.Name == name);
}
