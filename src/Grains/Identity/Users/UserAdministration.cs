using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>What those who may administer users may give, and to whom.</summary>
internal static class UserAdministration
{
    /// <summary>
    /// Why the caller may not give these roles; null when they may. Nobody gives what they do not have: who may only
    /// administer users could otherwise make themselves anything.
    /// </summary>
    public static McpFault? RefusalOfRoles(
        CallContext context, TenantId tenant, TenantConfiguration configuration, IReadOnlyList<string> roles)
    {
        foreach (var name in roles)
        {
            if (RoleResolver.Find(tenant, configuration, name) is not { } role)
            {
                return new McpFault(FaultReason.InvalidParams, $"The tenant has no role '{name}'.");
            }

            if (!AccessRules.MayGive(context, role))
            {
                return new McpFault(FaultReason.Forbidden, $"The role '{name}' permits more than the caller may do.");
            }
        }

        return null;
    }
}
