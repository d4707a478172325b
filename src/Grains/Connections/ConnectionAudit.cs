using Smcp.Identity;
using Smcp.Security.Audit;

namespace Smcp.Connections;

/// <summary>Records who connected what, and what became of it; nothing where nobody keeps a trail.</summary>
internal sealed class ConnectionAudit(IAuditTrail? trail = null)
{
    public void Connected(CallContext context, ConnectionKey key, string issuer) => trail?.Record(
        AuditEvent.Of(context, AuditActions.ConnectionMade, AuditOutcome.Success, TargetOf(key)) with
        {
            Reason = issuer,
        });

    public void NotConnected(CallContext context, ConnectionKey key, string reason) => trail?.Record(
        AuditEvent.Of(context, AuditActions.ConnectionMade, AuditOutcome.Denied, TargetOf(key)) with
        {
            Reason = reason,
        });

    public void Disconnected(CallContext context, ConnectionKey key) => trail?.Record(
        AuditEvent.Of(context, AuditActions.ConnectionEnded, AuditOutcome.Success, TargetOf(key)));

    /// <summary>Its tokens are not accepted any more, or its server is gone.</summary>
    public void Ended(ConnectionKey key, string reason) => trail?.Record(new AuditEvent
    {
        Tenant = key.Tenant,
        Action = AuditActions.ConnectionEnded,
        Outcome = AuditOutcome.Success,
        Principal = key.Principal?.ToString() ?? $"server:{key.Server}",
        Target = TargetOf(key),
        Reason = reason,
    });

    private static string TargetOf(ConnectionKey key) => $"connection/{key.Server}/{key.Owner}";
}
