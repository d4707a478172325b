using System.Net;
using System.Text.Json.Nodes;
using Smcp.OAuth.Authorize;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>People connect accounts elsewhere: each their own, by their own browser, with whom was asked.</summary>
public sealed class ConnectingTests
{
    [Fact]
    public async Task User_SeesWhoAsks_ConnectsAndDisconnects()
    {
        await using var site = await ConnectionSite.StartAsync();
        var page = await ConnectionSite.ComeAsync(site.Alice, site.Link, "alice");
        var issuer = new Uri(site.Issuer.Url).Authority;
        Assert.Contains(issuer, page.Text, StringComparison.Ordinal);
        Assert.Contains("things:read", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("frame-ancestors 'none'", page.HeaderOf("Content-Security-Policy"), StringComparison.Ordinal);

        var gone = await site.Alice.SubmitAsync(page);
        var done = await site.Alice.OpenAsync(site.Issuer.Approve(gone.Location!));
        Assert.Contains("is connected", done.Text, StringComparison.Ordinal);
        var account = await site.Alice.OpenAsync("/account");
        Assert.Contains("Accounts elsewhere", account.Text, StringComparison.Ordinal);
        Assert.Contains(site.Audit.Events, e => e is
        {
            Action: AuditActions.ConnectionMade, Outcome: AuditOutcome.Success,
        });

        await site.Alice.PostAsync("/account",
        [
            KeyValuePair.Create("form_token", account.Hidden["form_token"]),
            KeyValuePair.Create("account_server", "remote"),
            KeyValuePair.Create("do", "disconnect-account"),
        ]);
        Assert.Null((await site.SupplyAsync()).Token);
    }

    [Fact]
    public async Task Link_OfAnotherPerson_IsRefused()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.Host.JoinAsync("mallory", "mcp-user");
        using var mallory = new Person(site.Host);

        var shown = await ConnectionSite.ComeAsync(mallory, site.Link, "mallory");

        shown.IsRefused(HttpStatusCode.Forbidden);
        Assert.Contains("somebody else", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_IsConnectedByItsAdministratorsOnly()
    {
        await using var site = await ConnectionSite.StartAsync(RemoteAuthKind.Server);
        await site.Host.JoinAsync("admin", "admin");
        using var admin = new Person(site.Host);
        var link = ConnectionSite.LinkOf("-");

        (await ConnectionSite.ComeAsync(site.Alice, link, "alice")).IsRefused(HttpStatusCode.Forbidden);
        var gone = await admin.SubmitAsync(await ConnectionSite.ComeAsync(admin, link, "admin"));
        await admin.OpenAsync(site.Issuer.Approve(gone.Location!));

        Assert.Equal("access-canary-1", (await site.SupplyAsync(owner: "-")).Token);
    }

    [Theory]
    [InlineData("&iss=", "&iss=https%3A%2F%2Fother.example&was=")]
    [InlineData("&iss=", "&was=")]
    [InlineData("code=", "error=access_denied&was=")]
    public async Task Return_IsRefused_WhenItsAnswerIsWrong(string part, string instead)
    {
        await using var site = await ConnectionSite.StartAsync();
        var back = site.Issuer.Approve(await site.LeaveAsync());

        (await site.Alice.OpenAsync(back.Replace(part, instead, StringComparison.Ordinal))).IsRefused();

        Assert.Empty(site.Issuer.Asked);
        Assert.Null((await site.SupplyAsync()).Token);
        (await site.Alice.OpenAsync(back)).IsRefused();
    }

    [Fact]
    public async Task Return_IsGoodOnce_ForTheOneWhoLeft()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.Host.JoinAsync("mallory", "mcp-user");
        using var mallory = new Person(site.Host);
        using var stranger = new Person(site.Host);
        await ConnectionSite.ComeAsync(mallory, ConnectionSite.LinkOf("user:x"), "mallory");
        var back = site.Issuer.Approve(await site.LeaveAsync());

        (await stranger.OpenAsync(back)).IsRefused(HttpStatusCode.Forbidden);
        (await mallory.OpenAsync(back)).IsRefused();
        using (var again = new Person(site.Host))
        {
            // The same person, with another browser.
            await ConnectionSite.ComeAsync(again, site.Link, "alice");
            (await again.OpenAsync(back)).IsRefused();
        }

        Assert.Contains("is connected", (await site.Alice.OpenAsync(back)).Text, StringComparison.Ordinal);
        (await site.Alice.OpenAsync(back)).IsRefused();
        Assert.Single(site.Issuer.Asked);

        var late = site.Issuer.Approve((await site.Alice.SubmitAsync(await site.Alice.OpenAsync(site.Link))).Location!);
        site.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await site.Alice.OpenAsync(late)).IsRefused();
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("pkce")]
    [InlineData("resource")]
    public async Task Metadata_ThatIsNotRight_IsNotUsed(string lie)
    {
        await using var site = await ConnectionSite.StartAsync();
        site.Issuer.Metadata = json =>
        {
            json["issuer"] = lie == "issuer" ? "https://other.example" : json["issuer"]!.DeepClone();
            json["code_challenge_methods_supported"] = new JsonArray(lie == "pkce" ? "plain" : "S256");
        };
        site.Issuer.Resource = json =>
            json["resource"] = lie == "resource" ? "https://other.example/mcp" : json["resource"]!.DeepClone();

        var shown = await ConnectionSite.ComeAsync(site.Alice, site.Link, "alice");

        shown.IsRefused(HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData("authorization_servers")]
    [InlineData("token_endpoint")]
    public async Task Metadata_ThatPointsInside_IsNotFollowed(string member)
    {
        await using var inside = await FakeIssuer.StartAsync("127.0.0.2");
        await using var site = await ConnectionSite.StartAsync();
        site.Issuer.Resource = json => json["authorization_servers"] =
            new JsonArray(member == "authorization_servers" ? inside.Url : site.Issuer.Url);
        site.Issuer.Metadata = json => json["token_endpoint"] =
            member == "token_endpoint" ? inside.Url + "/token" : json["token_endpoint"]!.DeepClone();

        var shown = await ConnectionSite.ComeAsync(site.Alice, site.Link, "alice");
        if (member == "token_endpoint")
        {
            var gone = await site.Alice.SubmitAsync(shown);
            shown = await site.Alice.OpenAsync(site.Issuer.Approve(gone.Location!));
        }

        Assert.Contains("role=\"alert\"", shown.Text, StringComparison.Ordinal);
        Assert.Equal(0, inside.Requests);
        Assert.Contains(site.Audit.Events, entry => entry.Action == "egress.denied"
            && entry.Target == $"server/remote {new Uri(inside.Url).Authority}");
    }

}
