using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Security.Access;

/// <summary>
/// The one place that decides who may do what. Deny is the default: a rule must allow. Pure: what it needs, the call's
/// context and the server's policy say. Permission goes before scope, so that nobody is sent for a scope that would not
/// help.
/// </summary>
public static class AccessRules
{
    private static readonly McpFault Forbidden = new(FaultReason.Forbidden, "You may not do this.");
    private static readonly McpFault UnknownServer = new(FaultReason.ServerNotFound, "There is no such server.");
    private static readonly McpFault UnknownTenant = new(FaultReason.NotFound, "There is no such tenant.");

    /// <summary>Whether the caller may reach a server at all.</summary>
    public static AccessDecision Reach(CallContext caller, TenantId tenant, ServerId server, ServerAccess policy)
    {
        if (caller.Tenant != tenant)
        {
            return AccessDecision.Deny(UnknownServer, AccessReasons.OtherTenant);
        }

        if (!Admits(policy, caller))
        {
            return AccessDecision.Deny(Forbidden, AccessReasons.ServerPolicy);
        }

        return Decide(caller, Permissions.Use, server.ToString(), McpScopes.Read);
    }

    /// <summary>Whether the caller, who may reach the server, may use one of its things.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="server">The server.</param>
    /// <param name="action">The permission's action, one of <see cref="Permissions"/>.</param>
    /// <param name="name">The tool, prompt or uri.</param>
    /// <param name="scope">The scope it takes.</param>
    public static AccessDecision Use(
        CallContext caller, ServerId server, string action, string name, string scope) =>
        Decide(caller, action, $"{server}/{name}", scope);

    /// <summary>Whether the caller may see one of a server's things in a list: its scopes do not matter.</summary>
    public static bool Sees(CallContext caller, string action, string target) => Permits(caller, action, target);

    /// <summary>Whether the caller has a permission for every thing of this kind that the server has.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">What is done with things of the kind.</param>
    /// <param name="things">What the names of all of the server's things begin with: the server and a slash.</param>
    public static bool UsesAll(CallContext caller, string action, string things)
    {
        for (var i = 0; i < caller.Permissions.Count; i++)
        {
            if (Permission.CoversAll(caller.Permissions[i], action, things))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the caller may read or change an area of a tenant: its own, or as an operator any.</summary>
    public static AccessDecision Administer(CallContext caller, TenantId tenant, bool writes, string area)
    {
        if (caller.Tenant == TenantId.Platform)
        {
            var platform = writes ? Permissions.PlatformWrite : Permissions.PlatformRead;
            var decided = Decide(caller, platform, area, McpScopes.Admin);
            if (decided.IsAllowed || tenant != TenantId.Platform)
            {
                return decided;
            }
        }

        return caller.Tenant == tenant
            ? Decide(caller, writes ? Permissions.AdminWrite : Permissions.AdminRead, area, McpScopes.Admin)
            : AccessDecision.Deny(UnknownTenant, AccessReasons.OtherTenant);
    }

    /// <summary>
    /// Whether the caller may give somebody a role: nobody gives what he has not, but operators, who could anyway.
    /// </summary>
    public static bool MayGive(CallContext caller, RoleDefinition role) =>
        (caller.Tenant == TenantId.Platform && Permits(caller, Permissions.PlatformWrite, AdminAreas.Roles))
        || role.Permissions.All(wanted =>
            caller.Permissions.Any(held => Permission.CoversAllOf(held, wanted.ToString())));

    /// <summary>Whether the caller may do to a tenant what only operators may, in their own too.</summary>
    public static AccessDecision Operate(CallContext caller, TenantId tenant, bool writes, string area) =>
        caller.Tenant == TenantId.Platform || caller.Tenant == tenant
            ? Decide(caller, writes ? Permissions.PlatformWrite : Permissions.PlatformRead, area, McpScopes.Admin)
            : AccessDecision.Deny(UnknownTenant, AccessReasons.OtherTenant);

    /// <summary>Whether the caller is an operator: what it may give is then not bounded by what it has.</summary>
    public static bool IsOperator(CallContext caller, string area) =>
        caller.Tenant == TenantId.Platform && Permits(caller, Permissions.PlatformWrite, area);

    private static AccessDecision Decide(CallContext caller, string action, string target, string scope)
    {
        if (!Permits(caller, action, target))
        {
            return AccessDecision.Deny(Forbidden, AccessReasons.NoPermission);
        }

        return McpScopes.Cover(caller.Scopes, scope)
            ? AccessDecision.Allow(AccessReasons.Granted)
            : AccessDecision.Deny(
                new McpFault(FaultReason.InsufficientScope, "The credential's scopes do not cover this.")
                {
                    Scope = scope,
                },
                AccessReasons.NoScope);
    }

    private static bool Permits(CallContext caller, string action, string target)
    {
        for (var i = 0; i < caller.Permissions.Count; i++)
        {
            if (Permission.Covers(caller.Permissions[i], action, target))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Admits(ServerAccess policy, CallContext caller) => policy.Kind switch
    {
        ServerAccessKind.Public => true,
        ServerAccessKind.Tenant => caller.Principal != PrincipalId.Anonymous,
        ServerAccessKind.Roles => policy.Roles.Any(caller.Roles.Contains),
        ServerAccessKind.Named => policy.Principals.Contains(caller.Principal),
        _ => false,
    };
}
