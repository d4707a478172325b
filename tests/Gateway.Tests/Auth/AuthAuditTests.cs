using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Auth;

public sealed class AuthAuditTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly RecordedAudit _trail = new();

    [Fact]
    public void Refusal_IsOfTheRoutesTenant_WhenThereIsOne()
    {
        Refuse(TenantStatus.Active);
        Refuse(TenantStatus.Suspended);
        Refuse(TenantStatus.None);
        Refuse(TenantStatus.Deleted);

        Assert.Equal([Acme, Acme, TenantId.Platform, TenantId.Platform], _trail.Events.Select(e => e.Tenant));
    }

    [Fact]
    public void Refusal_SaysWhatWasRefusedAndWhy()
    {
        Refuse(TenantStatus.Active);

        var refused = _trail.Events.Single();
        Assert.Equal(AuditActions.AuthFailure, refused.Action);
        Assert.Equal(AuditOutcome.Failure, refused.Outcome);
        Assert.Equal("server/notes", refused.Target);
        Assert.Equal("expired", refused.Reason);
        Assert.Equal("correlation", refused.CorrelationId);
        Assert.Null(refused.Principal);
        Assert.Null(refused.Credential);
    }

    private void Refuse(TenantStatus status) => new AuthAudit(_trail).Refused(
        new DefaultHttpContext { TraceIdentifier = "correlation" }, Acme, status, "server/notes", "expired");
}
