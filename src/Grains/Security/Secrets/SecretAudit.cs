using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Security.Secrets;

/// <summary>Records who wrote which secret, and which server was given it; names, never values.</summary>
internal sealed class SecretAudit(IAuditTrail trail)
{
    /// <summary>Before the act: false when it could not be recorded, and then must not be done.</summary>
    public ValueTask<bool> BeginAsync(
        CallContext caller, TenantId tenant, string action, string name, CancellationToken cancellationToken) =>
        trail.RecordNowAsync(Of(caller, tenant, action, name, AuditOutcome.Started), cancellationToken);

    public void Done(CallContext caller, TenantId tenant, string action, string name) =>
        trail.Record(Of(caller, tenant, action, name, AuditOutcome.Success));

    public void Opened(TenantId tenant, ServerId server, string name) => trail.Record(Read(tenant, server, name));

    public void NotGranted(TenantId tenant, ServerId server, string name) =>
        trail.Record(Read(tenant, server, name) with { Outcome = AuditOutcome.Denied, Reason = "not-granted" });

    private static AuditEvent Of(
        CallContext caller, TenantId tenant, string action, string name, AuditOutcome outcome) =>
        AuditEvent.Of(caller, action, outcome, $"secret/{name}") with { Tenant = tenant };

    private static AuditEvent Read(TenantId tenant, ServerId server, string name) => new()
    {
        Tenant = tenant,
        Action = AuditActions.SecretRead,
        Outcome = AuditOutcome.Success,
        Principal = $"server:{server}",
        Target = $"secret/{name}",
    };
}
