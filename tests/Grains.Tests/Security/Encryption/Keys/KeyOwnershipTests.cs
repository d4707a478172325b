using System.Reflection;
using Smcp.Engine;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

public sealed class KeyOwnershipTests
{
    [Theory]
    [InlineData("session", "acme/echo/1", "acme")]
    [InlineData("tenant", "acme", "acme")]
    [InlineData("server-state", "acme/counter/shared", "acme")]
    [InlineData("tenant", "platform", null)]
    [InlineData("oauth-authorization", "platform/abc", null)]
    [InlineData("oauth-client", "0123456789abcdef", null)]
    [InlineData("audit", "acme", null)]
    [InlineData("key-ring", "requests", null)]
    [InlineData("keys", "acme", null)]
    [InlineData("directory", "acme", null)]
    [InlineData("signing-keys", "acme", null)]
    [InlineData("oauth-registrar", "acme", null)]
    [InlineData("anything", "No_Tenant/a", null)]
    [InlineData("anything", "", null)]
    public void State_IsItsTenants_UnlessItIsThePlatforms(string type, string key, string? tenant) =>
        Assert.Equal(new KeyOwner(tenant), KeyOwnership.Of(new StateAddress(type, key, "state")));

    [Theory]
    [InlineData("session/acme/echo/1", "acme")]
    [InlineData("tenant/acme/sessions", "acme")]
    [InlineData("tenant/acme", "acme")]
    [InlineData("audit/acme", null)]
    [InlineData("key-deletions/acme", null)]
    [InlineData("directory/acme", null)]
    [InlineData("session/platform/echo", null)]
    [InlineData("acme", null)]
    [InlineData("session//echo", null)]
    public void Log_IsItsTenants_UnlessItIsThePlatforms(string log, string? tenant) =>
        Assert.Equal(new KeyOwner(tenant), KeyOwnership.OfLog(log));

    [Fact]
    public void TenantGrains_AreNotThePlatforms()
    {
        var declared = typeof(GrainAttribute).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<GrainAttribute>()?.Type)
            .OfType<string>()
            .ToList();

        // A grain that a tenant's deletion must make unreadable never belongs to the platform.
        Assert.All(
            ["session", "instance", "server", "task", "tenant"],
            type => Assert.True(declared.Contains(type) && !KeyOwnership.PlatformTypes.Contains(type), type));
    }
}
