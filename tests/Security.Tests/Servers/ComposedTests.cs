using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;
using Smcp.Identity;
using Smcp.ResourceServer;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Virtual;

namespace Smcp.Servers;

/// <summary>Virtual servers over HTTP: deployed like any, and never a way round a member's policy.</summary>
public sealed class ComposedTests : IAsyncLifetime
{
    private const string Desk = "/tenants/acme/servers/desk";

    private DeploySite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await DeploySite.StartAsync(services => services
            .AddUpstream()
            .AddVirtualServers()
            .Configure<VirtualRuntimeOptions>(options => options.DefinitionHeld = TimeSpan.FromMinutes(1)));
        await _site.ActivateAsync(DeploySite.Settings());
        var settings = JsonNode.Parse(
            """{"runtime":"virtual","virtual":{"members":[{"server":"tools","prefix":"t"}]}}""");
        await _site.SendAsync(201, "POST", Desk + "/versions", settings);
        await _site.SendAsync(200, "POST", Desk + "/versions/1/activate", new JsonObject());
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Tool_OfAMember_IsCalledByItsNameHere(string revision)
    {
        var client = await ClientAsync(revision);

        Assert.Equal("1", await CallAsync(client));
    }

    [Fact]
    public async Task Member_IsClosed_ToWhomItsPolicyDoesNotName()
    {
        var client = await ClientAsync("2026-07-28");
        Assert.Equal("1", await CallAsync(client));

        var closed = await _site.Site.Host.Grains.Locate<IServerGrain>("acme/tools").SetAccessAsync(
            Administrator,
            new ServerAccess { Kind = ServerAccessKind.Roles, Roles = ["nobody"] },
            null,
            default);
        Assert.Null(closed.Fault);
        _site.Site.Host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.NotEqual("1", await CallAsync(client));
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Member_IsAskedAnew_WhenTheVersionThatIsHeldEnded(string revision)
    {
        var client = await ClientAsync(revision);
        Assert.Equal("1", await CallAsync(client));

        await _site.ActivateAsync(DeploySite.Settings());
        await _site.SendAsync(200, "POST", DeploySite.Versions + "/1/revoke", new JsonObject());
        _site.Site.Host.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("2", await CallAsync(client));
    }

    private static CallContext Administrator => AdminSite.ContextOf("acme", "mcp.*:*", "admin.*:*");

    private static async Task<string> CallAsync(McpCaller client)
    {
        using var response = await client.SendAsync("tools/call", """{"name":"t_which","arguments":{}}""");
        var body = await response.Content.ReadAsStringAsync();
        return (string?)JsonNode.Parse(body)?["result"]?["content"]?[0]?["text"] ?? body;
    }

    private async Task<McpCaller> ClientAsync(string revision)
    {
        var issued = await _site.Site.Host.Grains.Locate<IApiKeysGrain>("acme").CreateAsync(
            Administrator,
            new ApiKeyRequest { Name = "client", Scopes = [McpScopes.Tools], Roles = ["mcp-user"] },
            default);
        var caller = McpCaller.Of(_site.Site.Host, revision, issued.Text, "/t/acme/s/desk/mcp");
        return revision == "2026-07-28" ? caller : await caller.OpenAsync();
    }
}
