using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>
/// Counts what a principal was refused although it has the right to ask: each has its records, which must be kept, so
/// there may be so many of them in a minute. What is urgent is begun all the same. In this gateway's memory.
/// </summary>
internal sealed class AdminRefusals(IAuditTrail trail, TimeProvider time, IOptions<AdminOptions> options)
{
    private const string Reason = "too-many-refused";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly GenerationCache<(TenantId Tenant, PrincipalId Principal), Window> _windows =
        new(options.Value.RefusedPrincipalsMax);

    /// <summary>Null where the change may be begun; else why not, which is counted, not recorded each.</summary>
    public AdminProblem? Check(AdminExchange exchange)
    {
        if (exchange.Route.Action is not { } action || exchange.Route.IsUrgent || Find(exchange) is not { } window
            || window.Refused < options.Value.RefusedChangesPerMinute)
        {
            return null;
        }

        trail.Record(AuditEvent.Of(exchange.Context, action, AuditOutcome.Denied, AdminAudit.TargetOf(exchange)) with
        {
            Reason = Reason,
        });
        return new AdminProblem(
            StatusCodes.Status429TooManyRequests, "limit-exceeded", "Too many of your changes were refused.")
        {
            RetryAfter = Length - time.GetElapsedTime(window.BeganAt),
        };
    }

    /// <summary>What came of a change.</summary>
    public void Count(AdminExchange exchange, McpFault? fault)
    {
        if (exchange.Route.Action is null || fault is null)
        {
            return;
        }

        if (Find(exchange) is { } window)
        {
            window.Add();
            return;
        }

        _windows.Set(KeyOf(exchange), new Window(time.GetTimestamp()));
    }

    private static (TenantId Tenant, PrincipalId Principal) KeyOf(AdminExchange exchange) =>
        (exchange.Context.Tenant, exchange.Context.Principal);

    /// <summary>The window that is open; null for none.</summary>
    private Window? Find(AdminExchange exchange) =>
        _windows.TryGet(KeyOf(exchange), out var window) && time.GetElapsedTime(window.BeganAt) < Length
            ? window
            : null;

    private sealed class Window(long beganAt)
    {
        private int _refused = 1;

        public long BeganAt => beganAt;

        public int Refused => Volatile.Read(ref _refused);

        public void Add() => Interlocked.Increment(ref _refused);
    }
}
