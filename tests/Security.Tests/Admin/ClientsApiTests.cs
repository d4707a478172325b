using System.Net;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.OAuth;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>The OAuth clients that a tenant's administrators register.</summary>
public sealed class ClientsApiTests : IAsyncLifetime
{
    private const string Clients = "/tenants/default/clients";

    private AdminSite _site = null!;
    private string _admin = string.Empty;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync();
        _admin = (await _site.KeyAsync("default", "admin")).Text;
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Robot_GetsTokens_UntilItIsDeleted()
    {
        var robot = await MakeRobotAsync();
        var token = (await AskAsync(robot)).IsGranted().AccessToken;
        using var read = await SendAsync("GET", $"{Clients}/{robot.Id}");
        var (status, listed) = await ListAsync();

        Assert.Equal(200, status);
        Assert.Equal([robot.Id.ToString()], listed);
        var shown = await AdminSite.JsonOfAsync(read);
        Assert.Equal("robot", (string?)shown["name"]);
        Assert.DoesNotContain(robot.Secret!, shown.ToJsonString(), StringComparison.Ordinal);
        Assert.True(await IsTakenAsync(token));

        using var deleted = await SendAsync("DELETE", $"{Clients}/{robot.Id}");
        _site.Host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        (await AskAsync(robot)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.False(await IsTakenAsync(token));
        Assert.Empty((await ListAsync()).Ids);
        using var again = await SendAsync("DELETE", $"{Clients}/{robot.Id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData(null, 86_399, true)]
    [InlineData(null, 86_400, false)]
    [InlineData("00:00:00", 0, false)]
    [InlineData("00:01:00", 59, true)]
    public async Task Secret_IsTakenAfterItsRotation_ForTheGraceOnly(string? grace, int secondsLater, bool isTaken)
    {
        var robot = await MakeRobotAsync();

        using var rotated = await SendAsync("POST", $"{Clients}/{robot.Id}/rotate", new { grace });
        var secret = (string)(await AdminSite.JsonOfAsync(rotated))["secret"]!;
        _site.Host.Clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(200, (int)rotated.StatusCode);
        (await AskAsync(new OAuthClientDriver(_site.Host, robot.Id, secret))).IsGranted();
        var before = await AskAsync(robot);
        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, before.Status);
    }

    [Fact]
    public async Task Secret_IsSaidOnce()
    {
        var key = ("Idempotency-Key", "one");

        using var first = await _site.SendAsync("POST", Clients, _admin, Robot("mcp-user"), key);
        using var again = await _site.SendAsync("POST", Clients, _admin, Robot("mcp-user"), key);

        var (made, replayed) = (await AdminSite.JsonOfAsync(first), await AdminSite.JsonOfAsync(again));
        Assert.Equal((string?)made["client"]!["id"], (string?)replayed["client"]!["id"]);
        Assert.NotNull(made["secret"]);
        Assert.Null(replayed["secret"]);
        Assert.Single((await ListAsync()).Ids);
    }

    [Fact]
    public async Task App_GetsCodes_WithoutARoleOfItsOwn()
    {
        var user = await _site.Host.JoinAsync("alice", "mcp-user");
        using var made = await SendAsync("POST", Clients, new
        {
            name = "Notes app",
            redirectUris = new[] { OAuthClientDriver.RedirectUri },
            authentication = "none",
        });
        var client = (await AdminSite.JsonOfAsync(made))["client"]!;
        var app = new OAuthClientDriver(_site.Host, ClientId.Parse((string)client["id"]!));

        var code = await app.ConsentAsync(user, _site.Host.ResourceOf("notes"));

        (await app.RedeemAsync(code)).IsGranted();
        Assert.Equal(["authorization_code", "refresh_token"], client["grantTypes"]!.AsArray().Select(t => (string)t!));
    }

    [Theory]
    [InlineData("""{"name":"","redirectUris":["https://app.example/cb"]}""")]
    [InlineData("""{"name":"a\u202eb","redirectUris":["https://app.example/cb"]}""")]
    [InlineData("""{"name":"app","redirectUris":["http://app.example/cb"]}""")]
    [InlineData("""{"name":"app","redirectUris":["javascript:alert(1)"]}""")]
    [InlineData("""{"name":"app","grantTypes":["authorization_code"]}""")]
    [InlineData("""{"name":"app","grantTypes":["password"],"roles":["mcp-user"]}""")]
    [InlineData("""{"name":"robot","roles":["mcp-user"]}""")]
    [InlineData("""{"name":"robot","authentication":"secretBasic"}""")]
    [InlineData("""{"name":"robot","authentication":"secretBasic","roles":["no-such"]}""")]
    [InlineData("""{"name":"robot","authentication":"secretBasic","roles":["mcp-user"],"scopes":["bogus"]}""")]
    [InlineData("""{"name":"app","redirectUris":["https://app.example/cb"],"roles":["admin"]}""")]
    [InlineData("""{"name":"app","redirectUris":["https://app.example/cb"],"id":"mine"}""")]
    [InlineData("""{"name":"app","redirectUris":["https://app.example/cb"],"tenant":"other"}""")]
    public async Task Client_IsRefused_WhenItIsNotWhatItMayBe(string body)
    {
        using var made = await SendAsync("POST", Clients, body);

        Assert.Equal(HttpStatusCode.BadRequest, made.StatusCode);
        Assert.Empty((await ListAsync()).Ids);
    }

    [Fact]
    public async Task Client_IsGivenNoMore_ThanItsMakerMayDo()
    {
        await _site.Host.Grains.Locate<ITenantGrain>("default").PutRoleAsync(
            AdminSite.ContextOf("default", "mcp.*:*", "admin.*:*"),
            new RoleDefinition { Name = "helpers", Permissions = [Permission.Parse("admin.write:clients")] },
            null,
            default);
        var (helper, _) = await _site.KeyAsync("default", "helpers");

        using var more = await _site.SendAsync("POST", Clients, helper, Robot("admin"));
        using var same = await _site.SendAsync("POST", Clients, helper, Robot("helpers"));

        Assert.Equal((403, 201), ((int)more.StatusCode, (int)same.StatusCode));
    }

    [Fact]
    public async Task Client_IsOfItsTenantOnly()
    {
        await _site.ProvisionAsync("acme");
        var robot = await MakeRobotAsync();
        var (other, _) = await _site.KeyAsync("acme", "admin");

        using var read = await _site.SendAsync("GET", $"/tenants/acme/clients/{robot.Id}", other);
        using var deleted = await _site.SendAsync("DELETE", $"/tenants/acme/clients/{robot.Id}", other);

        Assert.Equal((404, 404), ((int)read.StatusCode, (int)deleted.StatusCode));
        (await AskAsync(robot)).IsGranted();
    }

    [Fact]
    public async Task Client_IsOfTheTenantsLife_InWhichItWasMade()
    {
        await _site.ProvisionAsync("acme");
        var (admin, _) = await _site.KeyAsync("acme", "admin");
        using var made = await _site.SendAsync("POST", "/tenants/acme/clients", admin, Robot("mcp-user"));
        var body = await AdminSite.JsonOfAsync(made);
        var robot = new OAuthClientDriver(
            _site.Host, ClientId.Parse((string)body["client"]!["id"]!), (string)body["secret"]!);
        var resource = ("resource", (string?)$"{_site.Host.Issuer}/t/acme/s/notes/mcp");
        (await robot.AskForItselfAsync(resource)).IsGranted();

        using var deleted = await _site.SendAsync(
            "DELETE", "/tenants/acme", _site.Operator, null, ("If-Match", "*"));
        Assert.True(deleted.IsSuccessStatusCode, await deleted.Content.ReadAsStringAsync());
        _site.Host.Clock.Advance(TimeSpan.FromHours(2));
        await _site.ProvisionAsync("acme");

        Assert.NotEqual(HttpStatusCode.OK, (await robot.AskForItselfAsync(resource)).Status);
    }

    private static object Robot(string role) => new
    {
        name = "robot",
        authentication = "secretBasic",
        grantTypes = new[] { "client_credentials" },
        roles = new[] { role },
    };

    private async Task<OAuthClientDriver> MakeRobotAsync()
    {
        using var made = await SendAsync("POST", Clients, Robot("mcp-user"));
        var body = await AdminSite.JsonOfAsync(made);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return new OAuthClientDriver(
            _site.Host, ClientId.Parse((string)body["client"]!["id"]!), (string)body["secret"]!);
    }

    private Task<TokenAnswer> AskAsync(OAuthClientDriver client) =>
        client.AskForItselfAsync(("resource", _site.Host.ResourceOf("notes")));

    private async Task<bool> IsTakenAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/t/default/s/notes/mcp");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await _site.Host.Client.SendAsync(request);
        return response.StatusCode != HttpStatusCode.Unauthorized;
    }

    private async Task<(int Status, IReadOnlyList<string> Ids)> ListAsync()
    {
        using var list = await SendAsync("GET", Clients);
        var items = (await AdminSite.JsonOfAsync(list))["items"]!.AsArray();
        return ((int)list.StatusCode, [.. items.Select(item => (string)item!["id"]!)]);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null) =>
        _site.SendAsync(method, path, _admin, body);
}
