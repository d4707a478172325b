using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Security.Access;

/// <summary>Asks <see cref="AccessRules"/> on behalf of the administration, and records what was refused.</summary>
internal sealed class Authorizer(AccessAudit audit)
{
    /// <summary>Whether the caller may read or change an area of a tenant: null, or why not.</summary>
    public McpFault? Administer(CallContext caller, TenantId tenant, bool writes, string area)
    {
        var decision = AccessRules.Administer(caller, tenant, writes, area);
        if (!decision.IsAllowed)
        {
            var action = writes ? Permissions.AdminWrite : Permissions.AdminRead;
            audit.Denied(caller, action, $"{tenant}/{area}", decision.Reason);
        }

        return decision.Fault;
    }
}
