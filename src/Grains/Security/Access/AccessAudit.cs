using Smcp.Identity;
using Smcp.Security.Audit;

namespace Smcp.Security.Access;

/// <summary>Records who was refused what, and by which rule.</summary>
internal sealed class AccessAudit(IAuditTrail trail)
{
    public void Denied(CallContext caller, string action, string target, string reason) =>
        trail.Record(AuditEvent.Of(caller, AuditActions.AccessDenied, AuditOutcome.Denied, $"{action}:{target}") with
        {
            Reason = reason,
        });
}
