using Smcp.Mcp;
using Smcp.Security.Access;
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
    /// Why the caller may not act on somebody, or something, that has these roles; null when it may. Who resets a
    /// password, or gives a key a new text, may act as its holder, and who ends what somebody has locks them out:
    /// nobody does either to one that may do more.
    /// </summary>
    public static McpFault? RefusalOver(
        CallContext context, TenantId tenant, TenantConfiguration configuration, IReadOnlyList<string> roles) =>
        roles.Select(name => Find(tenant, configuration, name))
            .All(role => role is null || AccessRules.MayGive(context, role))
            ? null
            : new McpFault(FaultReason.Forbidden, "The caller may do less than what it would act on.");

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
