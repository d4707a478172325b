using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity.Users;
using Smcp.OAuth;
using Smcp.OAuth.Authorize;
using Smcp.Remote;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Runtimes.Remote;
using Smcp.Samples.Everything;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>
/// Two of the product: the server elsewhere is another's, which asks for OAuth and is its own authorization server.
/// Each user of the one has an account of their own at the other.
/// </summary>
public sealed class BridgedAccountsTests
{
    private const string Call = """{"name":"test_simple_text","arguments":{}}""";

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Users_ActByTheirOwnAccounts_AndTheirTokensForUsGoNowhere(string revision)
    {
        await using var site = await Site.StartAsync();
        var (alice, bob) = (await site.UserAsync("alice", revision), await site.UserAsync("bob", revision));
        var ann = await site.Back.JoinAsync("ann", "mcp-user");
        var ben = await site.Back.JoinAsync("ben", "mcp-user");

        await IsLedAsync(alice, site);
        await IsLedAsync(bob, site);
        await site.ConnectAsync("alice", alice.Id, "ann");
        await WorksAsync(alice, site);
        await IsLedAsync(bob, site);
        await site.ConnectAsync("bob", bob.Id, "ben");

        foreach (var (user, account) in new[] { (alice, ann), (bob, ben), (alice, ann) })
        {
            site.Filter.Seen.Clear();
            await WorksAsync(user, site);
            var shown = site.Filter.Seen.Select(headers => headers.GetValueOrDefault("Authorization"))
                .OfType<string>().Where(value => value.StartsWith("Bearer ", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(shown);
            Assert.All(shown, value => Assert.Equal(account.Principal.ToString(), SubjectOf(value)));
            Assert.DoesNotContain(site.Filter.Seen.SelectMany(headers => headers.Values), value =>
                value.Contains(alice.Token, StringComparison.Ordinal)
                || value.Contains(bob.Token, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Client_ThatTakesUrls_IsSentToThePage()
    {
        await using var site = await Site.StartAsync();
        var alice = await site.UserAsync("alice", "2026-07-28", """{"elicitation":{"url":{}}}""");

        var answer = await alice.Caller.CallAsync("tools/call", Call);
        var asked = answer["result"]!["inputRequests"]!.AsObject().Single().Value!;

        Assert.Equal("input_required", (string?)answer["result"]!["resultType"]);
        Assert.Equal(("elicitation/create", "url"), ((string?)asked["method"], (string?)asked["params"]!["mode"]));
        Assert.StartsWith(
            $"{site.Front.Issuer}/connect?", (string?)asked["params"]!["url"], StringComparison.Ordinal);
    }

    /// <summary>Who has no account there is told where to connect one; what they called did not run.</summary>
    private static async Task IsLedAsync(User user, Site site)
    {
        site.Filter.Seen.Clear();
        var answer = await user.Caller.CallAsync("tools/call", Call);
        var text = (string?)answer["result"]!["content"]![0]!["text"];

        Assert.True((bool?)answer["result"]!["isError"], answer.ToJsonString());
        Assert.Contains($"{site.Front.Issuer}/connect?", text, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(user.Id.Principal.ToString()), text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Filter.Seen, headers => headers.ContainsKey("Authorization"));
    }

    private static async Task WorksAsync(User user, Site site)
    {
        var answer = await user.Caller.CallAsync("tools/call", Call);
        Assert.Contains(
            "simple text response", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(site.Filter.Seen);
    }

    private static string SubjectOf(string authorization)
    {
        var claims = Base64Url.DecodeFromChars(authorization.Split(' ')[1].Split('.')[1]);
        return (string)JsonNode.Parse(claims)!["sub"]!;
    }

    private sealed record User(UserId Id, string Token, McpCaller Caller);

    private sealed record Site(SecurityHost Back, SecurityHost Front, EraFilter Filter) : IAsyncDisposable
    {
        public static async Task<Site> StartAsync()
        {
            var filter = new EraFilter(null);
            var back = await SecurityHost.StartAsync(
                services => services
                    .AddCSharpServers(typeof(EverythingServer).Assembly)
                    .AddSingleton(TimeProvider.System)
                    .AddSingleton<IStartupFilter>(filter),
                ("Smcp:CSharp:Access", "Tenant"));
            var settings = new RemoteSettings
            {
                Url = back.ResourceOf("everything"),
                Auth = new RemoteAuth { Kind = RemoteAuthKind.User },
            };
            var front = await SecurityHost.StartAsync(
                services => services
                    .AddRemoteServers()
                    .AddSingleton(TimeProvider.System)
                    .AddSingleton<IServerCatalog>(new RemoteCatalog(settings, ServerAccess.Tenant)),
                ("Smcp:Remote:RequireTls", "false"),
                ("Smcp:Connections:CacheTime", "00:00:00"),
                ("Smcp:EgressProxy:InternalPlaces:0", back.Url.Authority));
            return new Site(back, front, filter);
        }

        /// <summary>A user of the front, with a client of this revision.</summary>
        public async Task<User> UserAsync(string name, string revision, string capabilities = "{}")
        {
            var id = await Front.JoinAsync(name, "mcp-user");
            var app = await OAuthClientDriver.RegisterAsync(Front);
            var code = await app.ConsentAsync(id, Front.ResourceOf("remote"), "mcp:read", "mcp:tools");
            var token = (await app.RedeemAsync(code)).IsGranted().AccessToken;
            var caller = new McpCaller(Front, revision, token)
            {
                Path = "/t/default/s/remote/mcp",
                Capabilities = capabilities,
            };
            return new User(id, token, await caller.OpenAsync());
        }

        /// <summary>The user connects an account of the back, by both products' pages.</summary>
        public async Task ConnectAsync(string name, UserId user, string account)
        {
            using var here = new Person(Front);
            using var there = new Person(Back);
            var link = ConnectionSite.LinkOf(user.Principal.ToString());
            var gone = await here.SubmitAsync(await ConnectionSite.ComeAsync(here, link, name));
            Assert.Equal(HttpStatusCode.SeeOther, gone.Status);
            var consent = await there.ComeToConsentAsync(new Uri(gone.Location!).PathAndQuery, account);
            var agreed = await there.AllowAsync(consent);
            var done = await here.OpenAsync(new Uri(agreed.Location!).PathAndQuery);
            Assert.Contains("is connected", done.Text, StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            await Front.DisposeAsync();
            await Back.DisposeAsync();
        }
    }
}
