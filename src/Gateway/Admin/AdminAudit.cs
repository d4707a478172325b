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

    /// <param name="exchange">What was asked.</param>
    /// <param name="fault">Why it was not done.</param>
    /// <param name="made">The path of what was made, below the API.</param>
    public async ValueTask EndAsync(AdminExchange exchange, McpFault? fault, string? made = null)
    {
        if (exchange.Route.Action is not { } action)
        {
            return;
        }

        var target = made?.TrimStart('/') ?? TargetOf(exchange);
        var ended = AuditEvent.Of(exchange.Context, action, OutcomeOf(fault), target) with
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

    /// <summary>
    /// The path says what it was done to; the query may hold anything but the key of what is removed, which is written
    /// as if it were below its store.
    /// </summary>
    public static string TargetOf(AdminExchange exchange)
    {
        var path = exchange.Http.Request.Path.Value![AdminRoutes.Prefix.Length..].TrimStart('/');
        return exchange.Route.Query.Contains("key") && exchange.Query("key") is { } key ? $"{path}/{key}" : path;
    }

    private static AuditOutcome OutcomeOf(McpFault? fault) => fault?.Reason switch
    {
        null => AuditOutcome.Success,
        FaultReason.Forbidden or FaultReason.InsufficientScope or FaultReason.NotFound => AuditOutcome.Denied,
        _ => AuditOutcome.Failure,
    };
}
