using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.TestSupport;

namespace Smcp.Security.Access;

/// <summary>What was refused is recorded, by which rule; what was allowed is not its matter.</summary>
public sealed class AuthorizerTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly RecordedAudit _trail = new();

    private Authorizer Rules => new(new AccessAudit(_trail));

    [Theory]
    [InlineData(false, "admin.read:acme/keys")]
    [InlineData(true, "admin.write:acme/keys")]
    public void Denial_IsRecorded_OfAdministration(bool writes, string target)
    {
        var fault = Rules.Administer(CallerOf("mcp.*:*"), Acme, writes, AdminAreas.Keys);

        Assert.Equal(FaultReason.Forbidden, fault!.Reason);
        var recorded = Assert.Single(_trail.Events);
        Assert.Equal(
            (AuditActions.AccessDenied, AuditOutcome.Denied, target, AccessReasons.NoPermission),
            (recorded.Action, recorded.Outcome, recorded.Target, recorded.Reason));
    }

    [Theory]
    [InlineData(false, "platform.read:acme/tenants")]
    [InlineData(true, "platform.write:acme/tenants")]
    public void Denial_IsRecorded_OfOperation(bool writes, string target)
    {
        Assert.NotNull(Rules.Operate(CallerOf("admin.*:*"), Acme, writes, AdminAreas.Tenants));

        Assert.Equal(target, Assert.Single(_trail.Events).Target);
    }

    [Fact]
    public void Permission_IsNotRecorded()
    {
        Assert.Null(Rules.Administer(CallerOf("admin.*:*"), Acme, true, AdminAreas.Keys));
        Assert.Null(Rules.Operate(CallerOf("platform.*:*"), Acme, true, AdminAreas.Keys));

        Assert.Empty(_trail.Events);
    }

    private static CallContext CallerOf(string permission) => new()
    {
        Tenant = Acme,
        Principal = PrincipalId.Parse("user:a"),
        Scopes = [McpScopes.Admin],
        Permissions = [permission],
        Revision = "2026-07-28",
        CorrelationId = "test",
    };
}
