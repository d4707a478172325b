using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Security.Access;

/// <summary>Asks <see cref="AccessRules"/> on behalf of the administration, and records what was refused.</summary>
internal sealed class Authorizer(AccessAudit audit)
{
    /// <summary>Whether the caller may read or change an area of a tenant: null, or why not.</summary>
    public McpFault? Administer(CallContext caller, TenantId tenant, bool writes, string area) => Recorded(
        AccessRules.Administer(caller, tenant, writes, area),
        caller, writes ? Permissions.AdminWrite : Permissions.AdminRead, $"{tenant}/{area}");

    /// <summary>Whether the caller may do to a tenant what only operators may: null, or why not.</summary>
    public McpFault? Operate(CallContext caller, TenantId tenant, bool writes, string area) => Recorded(
        AccessRules.Operate(caller, tenant, writes, area),
        caller, writes ? Permissions.PlatformWrite : Permissions.PlatformRead, $"{tenant}/{area}");

    private McpFault? Recorded(AccessDecision decision, CallContext caller, string action, string target)
    {
        if (!decision.IsAllowed)
        {
            audit.Denied(caller, action, target, decision.Reason);
        }

        return decision.Fault;
    }
}
