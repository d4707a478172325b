using System.Text;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Security.Access;

public sealed class AccessSubjectTests
{
    [Theory]
    [InlineData("tools/call", """{"name":"add"}""", Permissions.Tool, "add", McpScopes.Tools)]
    [InlineData("prompts/get", """{"name":"ask"}""", Permissions.Prompt, "ask", McpScopes.Read)]
    [InlineData("resources/read", """{"uri":"a://b"}""", Permissions.Resource, "a://b", McpScopes.Read)]
    [InlineData("resources/subscribe", """{"uri":"a://b"}""", Permissions.Resource, "a://b", McpScopes.Read)]
    [InlineData("tools/call", """{"uri":"add"}""", Permissions.Tool, "", McpScopes.Tools)]
    [InlineData(
        "completion/complete", """{"ref":{"type":"ref/prompt","name":"ask"}}""", Permissions.Prompt, "ask",
        McpScopes.Read)]
    [InlineData(
        "completion/complete", """{"ref":{"type":"ref/resource","uri":"a://{b}"}}""", Permissions.Resource, "a://{b}",
        McpScopes.Read)]
    [InlineData("completion/complete", """{"ref":{"type":"ref/prompt"}}""", Permissions.Prompt, "", McpScopes.Read)]
    [InlineData("completion/complete", "{}", Permissions.Resource, "", McpScopes.Read)]
    public void Subject_IsWhatTheRequestNames(
        string method, string parameters, string action, string name, string scope)
    {
        var subject = AccessSubject.Of(new McpCall { Method = method, Params = Encoding.UTF8.GetBytes(parameters) });

        Assert.Equal(new AccessSubject(action, name, scope), subject);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("tools/list")]
    [InlineData("resources/unsubscribe")]
    public void Subject_IsNone_OfARequestAboutTheServer(string method)
    {
        Assert.Null(AccessSubject.Of(new McpCall { Method = method }));
        Assert.Null(AccessSubject.ActionOf(method));
        Assert.Equal(McpScopes.Read, AccessSubject.ScopeOf(method));
    }

    [Theory]
    [InlineData("tools/call", Permissions.Tool)]
    [InlineData("prompts/get", Permissions.Prompt)]
    [InlineData("resources/read", Permissions.Resource)]
    [InlineData("resources/subscribe", Permissions.Resource)]
    [InlineData("completion/complete", Permissions.Use)]
    public void Action_IsThatOfTheMethod(string method, string action) =>
        Assert.Equal(action, AccessSubject.ActionOf(method));

    [Fact]
    public void Scope_OfAToolIsTheWider() => Assert.Equal(McpScopes.Tools, AccessSubject.ScopeOf("tools/call"));
}
