using System.Net;
using Smcp.Identity.Users;
using Smcp.OAuth;

namespace Smcp.Admin;

/// <summary>What users let clients do, as administrators see and end it.</summary>
public sealed class GrantsApiTests : IAsyncLifetime
{
    private AdminSite _site = null!;
    private string _admin = string.Empty;
    private OAuthClientDriver _app = null!;
    private UserId _alice;
    private UserId _bob;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync();
        _admin = (await _site.KeyAsync("default", "admin")).Text;
        _app = await OAuthClientDriver.RegisterAsync(_site.Host);
        _alice = await _site.Host.JoinAsync("alice", "mcp-user");
        _bob = await _site.Host.JoinAsync("bob", "mcp-user");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Grant_IsListed_AndEndsWhenItIsRevoked()
    {
        var hers = await ConnectAsync(_alice);
        var also = await ConnectAsync(_alice);
        var his = await ConnectAsync(_bob);
        using var list = await SendAsync("GET", Path(_alice));
        var items = (await AdminSite.JsonOfAsync(list))["items"]!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.Equal("Test client", (string?)items[0]!["clientName"]);
        Assert.Equal(_site.Host.ResourceOf("notes"), (string?)items[0]!["resource"]);
        var id = GrantOf(hers);
        Assert.Contains(items, item => (string)item!["id"]! == id);

        using var revoked = await SendAsync("DELETE", $"{Path(_alice)}/{id}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        (await _app.RefreshAsync(hers)).IsRefused("invalid_grant");
        (await _app.RefreshAsync(also)).IsGranted();
        (await _app.RefreshAsync(his)).IsGranted();
        Assert.Equal([GrantOf(also)], await IdsAsync(_alice));
    }

    [Fact]
    public async Task Grants_AllEnd_WhenTheyAreRevokedTogether()
    {
        var hers = await ConnectAsync(_alice);
        var his = await ConnectAsync(_bob);

        using var revoked = await SendAsync("DELETE", Path(_alice));

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        (await _app.RefreshAsync(hers)).IsRefused("invalid_grant");
        (await _app.RefreshAsync(his)).IsGranted();
        Assert.Empty(await IdsAsync(_alice));
    }

    [Theory]
    [InlineData("end-sessions")]
    [InlineData("disable")]
    public async Task Grants_End_WhenAnAdministratorEndsWhatTheUserHas(string deed)
    {
        var hers = await ConnectAsync(_alice);
        var code = await _app.ConsentAsync(_alice, _site.Host.ResourceOf("notes"));

        using var ended = await SendAsync("POST", $"/tenants/default/users/{_alice}/{deed}");
        using var enabled = await SendAsync("POST", $"/tenants/default/users/{_alice}/enable");

        Assert.True(ended.IsSuccessStatusCode && enabled.IsSuccessStatusCode);
        (await _app.RefreshAsync(hers)).IsRefused("invalid_grant");
        (await _app.RedeemAsync(code)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Grants_GoOn_WhenTheirUserLogsOutEverywhere()
    {
        var hers = await ConnectAsync(_alice);

        var fault = await _site.Host.User(_alice).EndSessionsAsync(
            SecurityHost.ContextOf(_alice.Principal.ToString()), default);

        Assert.Null(fault);
        (await _app.RefreshAsync(hers)).IsGranted();
    }

    [Fact]
    public async Task Grant_OfAnotherUser_IsNotThere()
    {
        var his = await ConnectAsync(_bob);

        using var revoked = await SendAsync("DELETE", $"{Path(_alice)}/{GrantOf(his)}");

        Assert.Equal(HttpStatusCode.NotFound, revoked.StatusCode);
        (await _app.RefreshAsync(his)).IsGranted();
    }

    [Fact]
    public async Task Grants_ArePaged()
    {
        for (var i = 0; i < 3; i++)
        {
            await ConnectAsync(_alice);
        }

        using var first = await SendAsync("GET", $"{Path(_alice)}?limit=2");
        var page = await AdminSite.JsonOfAsync(first);
        using var second = await SendAsync("GET", $"{Path(_alice)}?limit=2&after={(string)page["next"]!}");

        Assert.Equal(2, page["items"]!.AsArray().Count);
        Assert.Single((await AdminSite.JsonOfAsync(second))["items"]!.AsArray());
    }

    [Fact]
    public async Task OldestGrant_Ends_WhenThereAreTooMany()
    {
        await using var host = await SecurityHost.StartAsync(null, ("Smcp:OAuth:Grants:GrantsOfUserMax", "2"));
        var carol = await host.JoinAsync("carol", "mcp-user");
        var app = await OAuthClientDriver.RegisterAsync(host);
        var tokens = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var code = await app.ConsentAsync(carol, host.ResourceOf("notes"));
            tokens.Add((await app.RedeemAsync(code)).IsGranted().RefreshToken!);
        }

        (await app.RefreshAsync(tokens[0])).IsRefused("invalid_grant");
        (await app.RefreshAsync(tokens[1])).IsGranted();
        (await app.RefreshAsync(tokens[2])).IsGranted();
    }

    /// <summary>A user lets the app in; its refresh token.</summary>
    private async Task<string> ConnectAsync(UserId user)
    {
        var code = await _app.ConsentAsync(user, _site.Host.ResourceOf("notes"));
        return (await _app.RedeemAsync(code)).IsGranted().RefreshToken!;
    }

    private static string GrantOf(string refreshToken) => refreshToken.Split('.')[2];

    private static string Path(UserId user) => $"/tenants/default/users/{user}/grants";

    private async Task<IReadOnlyList<string>> IdsAsync(UserId user)
    {
        using var list = await SendAsync("GET", Path(user));
        return [.. (await AdminSite.JsonOfAsync(list))["items"]!.AsArray().Select(item => (string)item!["id"]!)];
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        _site.SendAsync(method, path, _admin);
}
