using Smcp.Mcp;
using Smcp.Tenants;

namespace Smcp.Identity.Users;

/// <summary>Who may administer users, and what they may give.</summary>
internal static class UserAdministration
{
    private static readonly McpFault Foreign = new(FaultReason.NotFound, "There is no such user.");
    private static readonly McpFault Forbidden = new(FaultReason.Forbidden, "The caller may not administer users.");

    /// <summary>Why the caller may not read or change users of a tenant; null when they may.</summary>
    public static McpFault? Refusal(CallContext context, TenantId tenant, bool isChange)
    {
        if (!McpScopes.Cover(context.Scopes, McpScopes.Admin))
        {
            return new McpFault(FaultReason.InsufficientScope, "The administration needs a scope of its own.")
            {
                Scope = McpScopes.Admin,
            };
        }

        if (Permits(context, isChange ? Permissions.PlatformWrite : Permissions.PlatformRead))
        {
            return null;
        }

        // To another tenant's callers a user that exists looks like one that does not.
        return context.Tenant != tenant ? Foreign
            : Permits(context, isChange ? Permissions.AdminWrite : Permissions.AdminRead) ? null
            : Forbidden;
    }

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

            if (!IsWithin(context, role))
            {
                return new McpFault(FaultReason.Forbidden, $"The role '{name}' permits more than the caller may do.");
            }
        }

        return null;
    }

    /// <summary>
    /// Why the caller may not act on a user who has these roles; null when they may: who resets a password may act as
    /// that user, so nobody does it to one who may do more.
    /// </summary>
    public static McpFault? RefusalOver(
        CallContext context, TenantId tenant, TenantConfiguration configuration, IReadOnlyList<string> roles) =>
        roles.Select(name => RoleResolver.Find(tenant, configuration, name))
            .All(role => role is null || IsWithin(context, role))
            ? null
            : new McpFault(FaultReason.Forbidden, "The user may do more than the caller.");

    private static bool IsWithin(CallContext context, RoleDefinition role) =>
        Permits(context, Permissions.PlatformWrite) || role.Permissions.All(given => Has(context, given));

    private static bool Permits(CallContext context, string action) =>
        context.Permissions.Any(granted => Permission.Covers(granted, action, AdminAreas.Users));

    private static bool Has(CallContext context, Permission given)
    {
        var text = given.ToString();
        var at = text.IndexOf(':', StringComparison.Ordinal);
        return context.Permissions.Any(
            granted => Permission.Covers(granted, text.AsSpan(0, at), text.AsSpan(at + 1)));
    }
}
