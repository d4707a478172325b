using Smcp.Tenants;

namespace Smcp.Identity;

public sealed class RoleResolverTests
{
    private static readonly TenantConfiguration Configuration = new()
    {
        Roles =
        [
            new RoleDefinition { Name = "writer", Permissions = [Permission.Parse("mcp.tool:notes/add")] },
            new RoleDefinition { Name = "admin", Permissions = [Permission.Parse("mcp.tool:nothing/at-all")] },
        ],
    };

    [Fact]
    public void Permissions_AreThoseOfAllRoles() => Assert.Equal(
        ["mcp.*:*", "mcp.tool:notes/add"], Of(TenantId.Default, "writer", "mcp-user"));

    [Fact]
    public void UnknownName_GrantsNothing() => Assert.Empty(Of(TenantId.Default, "emperor", "Admin", ""));

    [Fact]
    public void BuiltInRole_IsNotReplaced_ByATenantsOwn() => Assert.Equal(
        ["admin.*:*", "mcp.*:*"], Of(TenantId.Default, "admin"));

    [Fact]
    public void Operator_IsARoleOfThePlatformOnly()
    {
        Assert.Empty(Of(TenantId.Default, "operator"));
        Assert.Contains("platform.*:*", Of(TenantId.Platform, "operator"));
    }

    private static IReadOnlyList<string> Of(TenantId tenant, params string[] roles) =>
        RoleResolver.PermissionsOf(tenant, Configuration, roles);
}
