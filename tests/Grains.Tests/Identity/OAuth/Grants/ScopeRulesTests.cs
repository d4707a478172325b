namespace Smcp.Identity.OAuth.Grants;

public sealed class ScopeRulesTests
{
    [Theory]
    [InlineData("mcp:read mcp:tools", "mcp.*:*", "mcp:read mcp:tools")]
    [InlineData("mcp:tools", "mcp.*:*", "mcp:tools")]
    [InlineData("mcp:read mcp:tools", "mcp.use:*", "mcp:read")]
    [InlineData("mcp:admin", "mcp.*:*", "mcp:tools")]
    [InlineData("mcp:tools", "mcp.use:notes", "mcp:read")]
    [InlineData("mcp:tools", "mcp.tool:notes/add", "mcp:tools")]
    [InlineData("mcp:admin", "admin.read:users", "mcp:admin")]
    [InlineData("mcp:admin", "admin.write:users", "mcp:admin")]
    [InlineData("mcp:admin", "platform.read:*", "mcp:admin")]
    [InlineData("mcp:admin", "platform.write:*", "mcp:admin")]
    [InlineData("mcp:read", "admin.*:*", "")]
    [InlineData("mcp:tools", "admin.*:*", "")]
    [InlineData("mcp:admin", "other:*", "")]
    [InlineData("mcp:read", ":x", "")]
    [InlineData("mcp:read", "mcp.use", "")]
    [InlineData("offline_access", "mcp.prompt:*", "")]
    public void Scopes_AreReducedToWhatThePermissionsAllow(string asked, string permissions, string expected) =>
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ScopeRules.Reduce(asked.Split(' '), permissions.Split(' ')));
}
