using Smcp.Identity;
using Smcp.Network.Forwarding;
using Smcp.Security.Audit;

namespace Smcp.OAuth.Clients;

/// <summary>
/// Records clients that did not prove who they are. What a grant refuses, the grant records, in its tenant's log.
/// </summary>
internal sealed class ClientAudit(IAuditTrail trail)
{
    public void Refused(OAuthExchange exchange, OAuthError error)
    {
        if (error.Code == OAuthErrorCodes.InvalidClient)
        {
            trail.Record(new AuditEvent
            {
                Tenant = TenantId.Platform,
                Action = AuditActions.AuthFailure,
                Outcome = AuditOutcome.Failure,
                Target = exchange.Form["client_id"] is { } client ? $"client/{client}" : null,
                Reason = error.Code,
                Address = ClientAddress.Of(exchange.Http).Address.ToString(),
                CorrelationId = exchange.Http.TraceIdentifier,
            });
        }
    }
}
