using Smcp.Auth;
using Smcp.Identity;
using Smcp.Pages;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Login;

/// <summary>Records what people did at the pages.</summary>
internal sealed class LoginAudit(KnownTenants tenants, IAuditTrail? trail = null)
{
    public void Done(CallContext context, string action, string? target = null) =>
        trail?.Record(AuditEvent.Of(context, action, AuditOutcome.Success, target));

    /// <summary>
    /// A log-in that failed: in the log of its tenant, and where there is no such tenant, in the platform's.
    /// </summary>
    public async ValueTask FailedAsync(PageExchange exchange, TenantId tenant, string reason)
    {
        if (trail is null)
        {
            return;
        }

        var known = await tenants.FindAsync(tenant, exchange.Aborted);
        trail.Record(new AuditEvent
        {
            Tenant = known.Status.IsThere() ? tenant : TenantId.Platform,
            Action = AuditActions.AuthFailure,
            Outcome = AuditOutcome.Failure,
            Reason = reason,
            Address = exchange.Address,
            CorrelationId = exchange.CorrelationId,
        });
    }
}
