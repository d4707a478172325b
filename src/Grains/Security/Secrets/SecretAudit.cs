using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Security.Secrets;

/// <summary>
/// Records which server was given which secret; names, never values. Who wrote one the administration records.
/// </summary>
internal sealed class SecretAudit(IAuditTrail trail)
{
    public void Opened(TenantId tenant, ServerId server, string name) => trail.Record(Read(tenant, server, name));

    public void NotGranted(TenantId tenant, ServerId server, string name) =>
        trail.Record(Read(tenant, server, name) with { Outcome = AuditOutcome.Denied, Reason = "not-granted" });

    private static AuditEvent Read(TenantId tenant, ServerId server, string name) => new()
    {
        Tenant = tenant,
        Action = AuditActions.SecretRead,
        Outcome = AuditOutcome.Success,
        Principal = $"server:{server}",
        Target = $"secret/{name}",
    };
}
