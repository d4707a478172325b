using Smcp.Mcp;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>
/// Records what is administered: that it is begun, before it is, and what came of it. In the log of the caller's
/// tenant; an operator's act on another tenant in that one's too, once it is done: its end as well, since the log
/// outlives it.
/// </summary>
internal sealed class AdminAudit(IAuditTrail trail, AdminRefusals refusals)
{
    /// <summary>Null where it is recorded: else it must not be done.</summary>
    public async ValueTask<AdminProblem?> BeginAsync(AdminExchange exchange)
    {
        if (exchange.Route.Action is not { } action)
        {
            return null;
        }

        if (refusals.Check(exchange) is { } tooMany)
        {
            return tooMany;
        }

        var begun = AuditEvent.Of(exchange.Context, action, AuditOutcome.Started, TargetOf(exchange));
        return await trail.RecordNowAsync(begun, CancellationToken.None) ? null : AdminProblem.NotRecorded;
    }

    /// <param name="exchange">What was asked.</param>
    /// <param name="fault">Why it was not done.</param>
    /// <param name="made">The path of what was made, below the API.</param>
    public async ValueTask EndAsync(AdminExchange exchange, McpFault? fault, string? made = null)
    {
        if (exchange.Route.Action is not { } action)
        {
            return;
        }

        refusals.Count(exchange, fault);
        var target = made?.TrimStart('/') ?? TargetOf(exchange);
        var ended = AuditEvent.Of(exchange.Context, action, OutcomeOf(fault), target) with
        {
            Reason = fault?.Reason.ToString(),
        };
        await trail.RecordNowAsync(ended, CancellationToken.None);
        if (fault is null && exchange.Tenant != default && exchange.Tenant != exchange.Context.Tenant)
        {
            await trail.RecordNowAsync(ended with { Tenant = exchange.Tenant }, CancellationToken.None);
        }
    }

    /// <summary>
    /// The path says what it was done to; the query may hold anything but the key of what is removed, which is written
    /// as if it were below its store, and what becomes of a server's data.
    /// </summary>
    public static string TargetOf(AdminExchange exchange)
    {
        var path = exchange.Http.Request.Path.Value![AdminRoutes.Prefix.Length..].TrimStart('/');
        return exchange.Route.Query.Contains("key") && exchange.Query("key") is { } key ? $"{path}/{key}"
            : exchange.Route.Query.Contains("data") && exchange.Query("data") is { } data ? $"{path}?data={data}"
            : path;
    }

    private static AuditOutcome OutcomeOf(McpFault? fault) => fault?.Reason switch
    {
        null => AuditOutcome.Success,
        FaultReason.Forbidden or FaultReason.InsufficientScope or FaultReason.NotFound => AuditOutcome.Denied,
        _ => AuditOutcome.Failure,
    };
}
