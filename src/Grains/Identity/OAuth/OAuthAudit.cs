using Smcp.Security.Audit;

namespace Smcp.Identity.OAuth;

/// <summary>What the authorization server records; nothing where nobody keeps a trail.</summary>
internal sealed class OAuthAudit(IAuditTrail? trail = null)
{
    public void TokenIssued(GrantKey grant, PrincipalId principal, ClientId client) => trail?.Record(
        Of(grant, principal, client) with { Action = AuditActions.TokenIssued });

    /// <summary>A refusal is recorded where it says something of a grant that there is.</summary>
    public void TokenRefused(GrantKey grant, PrincipalId principal, ClientId? client, TokenRefusal refusal)
    {
        if (client is not null)
        {
            trail?.Record(Of(grant, principal, client.Value) with
            {
                Action = refusal is TokenRefusal.CodeReplayed or TokenRefusal.RefreshReused
                    ? AuditActions.TokenReused
                    : AuditActions.AuthFailure,
                Outcome = AuditOutcome.Denied,
                Reason = refusal.ToString(),
            });
        }
    }

    public void TokenRevoked(GrantKey grant, PrincipalId principal, ClientId client, string reason) => trail?.Record(
        Of(grant, principal, client) with { Action = AuditActions.TokenRevoked, Reason = reason });

    public void ClientRegistered(OAuthClient client, string? address) => trail?.Record(new AuditEvent
    {
        Tenant = client.Tenant ?? TenantId.Platform,
        Action = AuditActions.ClientRegistered,
        Outcome = AuditOutcome.Success,
        Target = $"client/{client.Id}",
        Reason = client.Source.ToString(),
        Address = address,
    });

    public void RegistrationRefused(string reason, string address) => trail?.Record(new AuditEvent
    {
        Tenant = TenantId.Platform,
        Action = AuditActions.ClientRegistered,
        Outcome = AuditOutcome.Denied,
        Reason = reason,
        Address = address,
    });

    /// <summary>A signing key began or ceased to be in force.</summary>
    public void SigningKeyChanged(string action, string keyId) => trail?.Record(new AuditEvent
    {
        Tenant = TenantId.Platform,
        Action = action,
        Outcome = AuditOutcome.Success,
        Target = $"signing-key/{keyId}",
    });

    private static AuditEvent Of(GrantKey grant, PrincipalId principal, ClientId client) => new()
    {
        Tenant = grant.Tenant,
        Action = string.Empty,
        Outcome = AuditOutcome.Success,
        Principal = principal.ToString(),
        Credential = $"grant:{grant.Grant}",
        Target = $"client/{client}",
    };
}
