using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Network.Forwarding;
using Smcp.Protocol;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Auth;

/// <summary>
/// Records who was let in and who was not. Nothing that was shown as a credential is said, wrong ones least.
/// </summary>
internal sealed class AuthAudit(IAuditTrail trail)
{
    /// <summary>A credential was found valid, and had been used so often since it was last looked at.</summary>
    public void Accepted(HttpContext http, Caller caller, long uses) => trail.Record(new AuditEvent
    {
        Tenant = caller.Tenant,
        Action = AuditActions.AuthSuccess,
        Outcome = AuditOutcome.Success,
        Principal = caller.Principal.ToString(),
        Credential = caller.Identity.Credential,
        Session = http.Request.Headers[McpHeaders.SessionId],
        Address = AddressOf(http),
        CorrelationId = http.TraceIdentifier,
        Count = uses,
    });

    /// <summary>
    /// Nobody was found behind what was shown, or nothing was. In the log of the tenant of the route only if there is
    /// such a tenant: else anybody could make logs.
    /// </summary>
    public void Refused(HttpContext http, TenantId route, TenantStatus status, string target, string cause) =>
        trail.Record(new AuditEvent
        {
            Tenant = status.IsThere() ? route : TenantId.Platform,
            Action = AuditActions.AuthFailure,
            Outcome = AuditOutcome.Failure,
            Target = target,
            Reason = cause,
            Address = AddressOf(http),
            CorrelationId = http.TraceIdentifier,
        });

    private static string? AddressOf(HttpContext http) => http.Features.Get<ClientAddress>()?.Text;
}
