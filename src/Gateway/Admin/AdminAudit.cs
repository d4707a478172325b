using Smcp.Mcp;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>
/// Records what is administered: that it is begun, before it is, and what came of it. In the log of the caller's
/// tenant; an operator's act on another tenant in that one's too, once it is done.
/// </summary>
internal sealed class AdminAudit(IAuditTrail trail)
{
    /// <summary>Whether it is recorded: else it must not be done.</summary>
    public async ValueTask<bool> BeginAsync(AdminExchange exchange) =>
        exchange.Route.Action is not { } action
        || await trail.RecordNowAsync(
            AuditEvent.Of(exchange.Context, action, AuditOutcome.Started, TargetOf(exchange)), CancellationToken.None);

    public async ValueTask EndAsync(AdminExchange exchange, McpFault? fault)
    {
        if (exchange.Route.Action is not { } action)
        {
            return;
        }

        var ended = AuditEvent.Of(exchange.Context, action, OutcomeOf(fault), TargetOf(exchange)) with
        {
            Reason = fault?.Reason.ToString(),
        };
        await trail.RecordNowAsync(ended, CancellationToken.None);
        if (fault is null && exchange.Tenant != default && exchange.Tenant != exchange.Context.Tenant
            && action != AuditActions.TenantDeleted)
        {
            await trail.RecordNowAsync(ended with { Tenant = exchange.Tenant }, CancellationToken.None);
        }
    }

    private static AuditOutcome OutcomeOf(McpFault? fault) => fault?.Reason switch
    {
        null => AuditOutcome.Success,
        FaultReason.Forbidden or FaultReason.InsufficientScope or FaultReason.NotFound => AuditOutcome.Denied,
        _ => AuditOutcome.Failure,
    };

    /// <summary>The path says what it was done to; the query may hold anything.</summary>
    private static string TargetOf(AdminExchange exchange) =>
        exchange.Http.Request.Path.Value![AdminRoutes.Prefix.Length..].TrimStart('/');
}
