using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>
/// Asks the rules before a change is recorded as begun: who may not make it is counted in the audit log, and fills it
/// not. The grain asks again, and it decides. Then there must be such a tenant.
/// </summary>
internal sealed class AdminGate(IAuditTrail trail, AdminTenants tenants)
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such thing.");

    /// <summary>Null admits.</summary>
    public async ValueTask<AdminProblem?> CheckAsync(AdminExchange exchange) =>
        CheckRight(exchange) is { } fault
            ? AdminProblem.Of(fault, namedVersion: false)
            : await tenants.CheckAsync(exchange);

    /// <summary>Null for who may, and for whoever only reads, since the grain answers that.</summary>
    private McpFault? CheckRight(AdminExchange exchange)
    {
        if (exchange.Route.Right is not { } right || (right.IsUsersOwn && IsOwn(exchange)))
        {
            return null;
        }

        var context = exchange.Context;
        var decision = right.Decide(context, exchange.Tenant == default ? context.Tenant : exchange.Tenant);
        if (decision.IsAllowed)
        {
            return null;
        }

        var target = $"{exchange.Route.Action}:{AdminAudit.TargetOf(exchange)}";
        trail.Record(AuditEvent.Of(context, AuditActions.AccessDenied, AuditOutcome.Denied, target) with
        {
            Reason = decision.Reason,
        });
        return right.IsHidden ? Unknown : decision.Fault;
    }

    private static bool IsOwn(AdminExchange exchange) =>
        exchange.Tenant == exchange.Context.Tenant
        && UserId.TryParse(exchange.Value("user"), null, out var user)
        && user.Principal == exchange.Context.Principal;
}
