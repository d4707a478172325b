using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Security.Access;

/// <summary>Who may do what, each rule both ways: deny is the default.</summary>
public sealed class AccessRulesTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly ServerId Notes = ServerId.Parse("notes");
    private static readonly ServerAccess Members = new() { Kind = ServerAccessKind.Tenant };

    [Fact]
    public void Reach_IsDeniedToAnotherTenant_AsIfThereWereNoServer()
    {
        var decision = AccessRules.Reach(CallerOf("other", "mcp.*:*"), Acme, Notes, Members);

        Assert.Equal(
            (FaultReason.ServerNotFound, AccessReasons.OtherTenant), (decision.Fault!.Reason, decision.Reason));
    }

    [Fact]
    public void Reach_IsAllowed_ToWhoMayUseTheServer()
    {
        var decision = AccessRules.Reach(CallerOf("acme", "mcp.use:notes"), Acme, Notes, Members);

        Assert.True(decision.IsAllowed);
        Assert.Equal(AccessReasons.Granted, decision.Reason);
    }

    [Theory]
    [InlineData("mcp.use:other")]
    [InlineData("mcp.use:note")]
    [InlineData("mcp.tool:notes")]
    [InlineData("mcp.use:notes/x")]
    public void Reach_IsDenied_WithoutThePermission(string permission)
    {
        var decision = AccessRules.Reach(CallerOf("acme", permission), Acme, Notes, Members);

        Assert.Equal((FaultReason.Forbidden, AccessReasons.NoPermission), (decision.Fault!.Reason, decision.Reason));
    }

    [Fact]
    public void Reach_NeedsTheLeastScope_AndSaysWhich()
    {
        var caller = CallerOf("acme", "mcp.use:*") with { Scopes = [] };

        var decision = AccessRules.Reach(caller, Acme, Notes, Members);

        Assert.Equal(
            (FaultReason.InsufficientScope, McpScopes.Read, AccessReasons.NoScope),
            (decision.Fault!.Reason, decision.Fault.Scope, decision.Reason));
        Assert.True(AccessRules.Reach(caller with { Scopes = [McpScopes.Read] }, Acme, Notes, Members).IsAllowed);
    }

    [Theory]
    [InlineData(ServerAccessKind.Public, "anonymous", "", true)]
    [InlineData(ServerAccessKind.Tenant, "anonymous", "", false)]
    [InlineData(ServerAccessKind.Tenant, "user:a", "", true)]
    [InlineData(ServerAccessKind.Roles, "user:a", "writer", true)]
    [InlineData(ServerAccessKind.Roles, "user:a", "reader", false)]
    [InlineData(ServerAccessKind.Roles, "user:a", "", false)]
    [InlineData(ServerAccessKind.Named, "user:b", "writer", true)]
    [InlineData(ServerAccessKind.Named, "user:a", "writer", false)]
    [InlineData((ServerAccessKind)99, "user:b", "writer", false)]
    public void Policy_AdmitsWhomItNames(ServerAccessKind kind, string principal, string role, bool admits)
    {
        var policy = new ServerAccess
        {
            Kind = kind,
            Roles = ["writer", "editor"],
            Principals = [PrincipalId.Parse("user:b")],
        };
        var caller = CallerOf("acme", "mcp.*:*") with
        {
            Principal = PrincipalId.Parse(principal),
            Roles = role.Length > 0 ? [role] : [],
        };

        var decision = AccessRules.Reach(caller, Acme, Notes, policy);

        Assert.Equal(admits, decision.IsAllowed);
        Assert.Equal(admits ? AccessReasons.Granted : AccessReasons.ServerPolicy, decision.Reason);
        Assert.Equal(admits ? null : FaultReason.Forbidden, decision.Fault?.Reason);
    }

    [Theory]
    [InlineData("mcp.tool:notes/add", McpScopes.Tools, null)]
    [InlineData("mcp.tool:notes/*", McpScopes.Admin, null)]
    [InlineData("mcp.tool:notes/add", McpScopes.Read, FaultReason.InsufficientScope)]
    [InlineData("mcp.tool:notes/remove", McpScopes.Tools, FaultReason.Forbidden)]
    [InlineData("mcp.tool:other/add", McpScopes.Tools, FaultReason.Forbidden)]
    [InlineData("mcp.prompt:notes/add", McpScopes.Tools, FaultReason.Forbidden)]
    public void Use_TakesThePermissionThenTheScope(string permission, string scope, FaultReason? refusal)
    {
        var caller = CallerOf("acme", permission) with { Scopes = [scope] };

        var decision = AccessRules.Use(
            caller, Notes, Permissions.Tool, "add", McpScopes.Tools);

        Assert.Equal(refusal, decision.Fault?.Reason);
    }

    [Fact]
    public void Sees_AsksForNoScope()
    {
        var caller = CallerOf("acme", "mcp.tool:notes/add") with { Scopes = [] };

        Assert.True(AccessRules.Sees(caller, Permissions.Tool, "notes/add"));
        Assert.False(AccessRules.Sees(caller, Permissions.Tool, "notes/remove"));
        Assert.False(AccessRules.Sees(caller, Permissions.Prompt, "notes/add"));
    }

    [Theory]
    [InlineData("mcp.tool:notes/*", true)]
    [InlineData("mcp.tool:*", true)]
    [InlineData("mcp.*:*", true)]
    [InlineData("mcp.tool:notes/add", false)]
    [InlineData("mcp.tool:notes/a*", false)]
    [InlineData("mcp.tool:note*", true)]
    [InlineData("mcp.tool:other/*", false)]
    [InlineData("mcp.prompt:notes/*", false)]
    public void UsesAll_IsWhoNeedNotBeLookedUpThingByThing(string permission, bool all) =>
        Assert.Equal(all, AccessRules.UsesAll(CallerOf("acme", permission), Permissions.Tool, "notes/"));

    [Fact]
    public void UsesAll_LooksAtEveryPermission() => Assert.True(
        AccessRules.UsesAll(CallerOf("acme", "mcp.use:*", "mcp.tool:notes/*"), Permissions.Tool, "notes/"));

    [Theory]
    [InlineData("acme", "admin.read:keys", false, null)]
    [InlineData("acme", "admin.write:keys", true, null)]
    [InlineData("acme", "admin.read:keys", true, FaultReason.Forbidden)]
    [InlineData("acme", "admin.write:keys", false, FaultReason.Forbidden)]
    [InlineData("acme", "admin.*:users", false, FaultReason.Forbidden)]
    [InlineData("acme", "platform.*:*", false, FaultReason.Forbidden)]
    [InlineData("other", "admin.*:*", false, FaultReason.NotFound)]
    [InlineData("other", "platform.*:*", true, FaultReason.NotFound)]
    [InlineData("platform", "platform.read:keys", false, null)]
    [InlineData("platform", "platform.write:keys", true, null)]
    [InlineData("platform", "platform.read:keys", true, FaultReason.Forbidden)]
    [InlineData("platform", "admin.*:*", false, FaultReason.Forbidden)]
    public void Administer_IsForTheOwnTenantAndForOperators(
        string tenant, string permission, bool writes, FaultReason? refusal) => Assert.Equal(
        refusal, AccessRules.Administer(CallerOf(tenant, permission), Acme, writes, AdminAreas.Keys).Fault?.Reason);

    /// <summary>In their own tenant operators are administrators too, as far as their roles go.</summary>
    [Theory]
    [InlineData("admin.write:keys", null)]
    [InlineData("platform.write:keys", null)]
    [InlineData("platform.write:users", FaultReason.Forbidden)]
    public void Administer_OfThePlatform_TakesEitherPermission(string permission, FaultReason? refusal) => Assert.Equal(
        refusal,
        AccessRules.Administer(CallerOf("platform", permission), TenantId.Platform, true, AdminAreas.Keys)
            .Fault?.Reason);

    [Fact]
    public void Administer_TakesTheScopeOfAdministration()
    {
        var caller = CallerOf("acme", "admin.*:*") with { Scopes = [McpScopes.Tools] };

        var decision = AccessRules.Administer(caller, Acme, writes: false, AdminAreas.Keys);

        Assert.Equal((FaultReason.InsufficientScope, McpScopes.Admin), (decision.Fault!.Reason, decision.Fault.Scope));
    }

    [Fact]
    public void Administer_SaysOfAnotherTenantThatThereIsNone() => Assert.Equal(
        AccessReasons.OtherTenant,
        AccessRules.Administer(CallerOf("other", "admin.*:*"), Acme, false, AdminAreas.Keys).Reason);

    [Theory]
    [InlineData("platform", "platform.read:tenants", false, null)]
    [InlineData("platform", "platform.read:tenants", true, FaultReason.Forbidden)]
    [InlineData("platform", "platform.write:tenants", true, null)]
    [InlineData("platform", "admin.*:*", true, FaultReason.Forbidden)]
    [InlineData("acme", "admin.*:*", true, FaultReason.Forbidden)]
    [InlineData("other", "admin.*:*", true, FaultReason.NotFound)]
    public void Operate_IsForOperators(string tenant, string permission, bool writes, FaultReason? refusal) =>
        Assert.Equal(
            refusal,
            AccessRules.Operate(CallerOf(tenant, permission), Acme, writes, AdminAreas.Tenants).Fault?.Reason);

    [Theory]
    [InlineData("acme", "mcp.tool:notes/*", true)]
    [InlineData("acme", "mcp.tool:*", true)]
    [InlineData("acme", "mcp.tool:notes/add", false)]
    [InlineData("acme", "platform.write:roles", false)]
    [InlineData("platform", "platform.write:roles", true)]
    [InlineData("platform", "platform.write:keys", false)]
    [InlineData("platform", "platform.read:roles", false)]
    public void Role_IsGivenByWhoHasAllOfIt(string tenant, string held, bool may)
    {
        var role = new RoleDefinition { Name = "r", Permissions = [Permission.Parse("mcp.tool:notes/*")] };

        Assert.Equal(may, AccessRules.MayGive(CallerOf(tenant, held), role));
    }

    [Fact]
    public void Role_IsNotGiven_WhenOneOfItsPermissionsIsNotHeld()
    {
        var role = new RoleDefinition
        {
            Name = "r",
            Permissions = [Permission.Parse("mcp.use:*"), Permission.Parse("admin.write:keys")],
        };

        Assert.False(AccessRules.MayGive(CallerOf("acme", "mcp.*:*"), role));
        Assert.True(AccessRules.MayGive(CallerOf("acme", "mcp.*:*", "admin.*:*"), role));
    }

    [Theory]
    [InlineData("platform", "platform.write:keys", true)]
    [InlineData("platform", "platform.read:keys", false)]
    [InlineData("platform", "platform.write:users", false)]
    [InlineData("acme", "platform.write:keys", false)]
    public void Operator_IsOfThePlatformAndMayChangeTheArea(string tenant, string permission, bool isOperator) =>
        Assert.Equal(isOperator, AccessRules.IsOperator(CallerOf(tenant, permission), AdminAreas.Keys));

    private static CallContext CallerOf(string tenant, params string[] permissions) => new()
    {
        Tenant = TenantId.Parse(tenant),
        Principal = PrincipalId.Parse("user:a"),
        Scopes = [McpScopes.Admin],
        Permissions = permissions,
        Revision = "2026-07-28",
        CorrelationId = "test",
    };
}
