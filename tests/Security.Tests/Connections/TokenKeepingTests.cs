using System.Text;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>Tokens for servers elsewhere: got, kept, refreshed once, and given up in clear words.</summary>
public sealed class TokenKeepingTests
{
    [Fact]
    public async Task Client_GetsItsOwnToken_ByTheTenantsSecretOfNow()
    {
        await using var site = await ConnectionSite.StartAsync(RemoteAuthKind.Client);
        Assert.Contains("secret", (await site.SupplyAsync(owner: "-")).Fault!.Message, StringComparison.Ordinal);
        await site.GrantSecretAsync("first");
        var first = await site.SupplyAsync(owner: "-");
        await site.GrantSecretAsync("second");
        site.Host.Clock.Advance(TimeSpan.FromHours(1));
        var second = await site.SupplyAsync(owner: "-");

        Assert.Equal(("access-canary-1", "access-canary-2"), (first.Token, second.Token));
        var asked = site.Issuer.Asked.ToArray();
        Assert.All(asked, form => Assert.Equal(
            ("client_credentials", site.Issuer.Endpoint, "things:read"),
            (form["grant_type"], form["resource"], form["scope"])));
        Assert.Equal(
            [Basic("ours", "first"), Basic("ours", "second")], asked.Select(form => form["authorization"]));
    }

    [Fact]
    public async Task Client_IsNotShown_ToAnAuthorizationServerThatItsSettingsDoNotName()
    {
        await using var site = await ConnectionSite.StartAsync(RemoteAuthKind.Client);
        await using var other = await FakeIssuer.StartAsync();
        await site.GrantSecretAsync("first");
        site.Issuer.Resource = json => json["authorization_servers"] = new System.Text.Json.Nodes.JsonArray(other.Url);

        var supply = await site.SupplyAsync(owner: "-");

        Assert.Null(supply.Token);
        Assert.Equal(0, other.Requests);
        Assert.Empty(site.Issuer.Asked);
    }

    [Fact]
    public async Task Refresh_IsOne_HoweverManyWait()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        var held = await site.SupplyAsync();
        var gate = new TaskCompletionSource();
        site.Issuer.Gate = gate.Task;

        var waiting = Enumerable.Range(0, 50).Select(_ => site.SupplyAsync(held.Number).AsTask()).ToArray();
        gate.SetResult();
        var fresh = await Task.WhenAll(waiting);

        Assert.All(fresh, supply => Assert.Equal("access-canary-2", supply.Token));
        var asked = Assert.Single(site.Issuer.Asked, form => form["grant_type"] == "refresh_token");
        Assert.Equal(("refresh-canary-1", site.Issuer.Endpoint), (asked["refresh_token"], asked["resource"]));
    }

    [Fact]
    public async Task Refresh_UsesTheTokenThatCameLast()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            site.Host.Clock.Advance(TimeSpan.FromHours(1));
            Assert.NotNull((await site.SupplyAsync()).Token);
        }

        Assert.Equal(
            ["refresh-canary-1", "refresh-canary-2", "refresh-canary-3"],
            site.Issuer.Asked
                .Where(form => form["grant_type"] == "refresh_token").Select(form => form["refresh_token"]));
    }

    [Fact]
    public async Task Refresh_ThatIsRefused_EndsTheConnectionInClearWords()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        site.Host.Clock.Advance(TimeSpan.FromHours(1));
        site.Issuer.Error = "invalid_grant";
        var lost = await site.SupplyAsync();
        var requests = site.Issuer.Requests;
        var again = await site.SupplyAsync();

        Assert.True(lost is { Token: null, NeedsPerson: true } && again is { NeedsPerson: true, IsFirst: false });
        Assert.Contains("is not connected any more", lost.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(requests, site.Issuer.Requests);
        Assert.Contains(
            "Not connected any more", (await site.Alice.OpenAsync("/account")).Text, StringComparison.Ordinal);
        Assert.Contains(site.Audit.Events, e => e is { Action: AuditActions.ConnectionEnded, Reason: "GrantOver" });
    }

    [Fact]
    public async Task Refresh_ThatIsNotAnswered_LosesNothing()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        site.Host.Clock.Advance(TimeSpan.FromHours(1));
        site.Issuer.Error = "temporarily_unavailable";
        Assert.True(await site.SupplyAsync() is { Token: null, NeedsPerson: false });
        site.Issuer.Error = null;

        Assert.Equal("access-canary-2", (await site.SupplyAsync()).Token);
    }

    [Fact]
    public async Task Tokens_AreForTheirEndpointAndIssuerOnly()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        var elsewhere = site.Terms with { Endpoint = "https://other.example/mcp" };
        var otherIssuer = site.Terms with { Auth = site.Terms.Auth with { Issuer = "https://other.example" } };

        foreach (var terms in new[] { elsewhere, otherIssuer })
        {
            Assert.Null((await site.AlicesGrain().SupplyAsync(new TokenDemand { Terms = terms }, default)).Token);
        }

        Assert.NotNull((await site.SupplyAsync()).Token);
    }

    [Fact]
    public async Task StepUp_AsksForMore_AndNeverForLess()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        var held = await site.SupplyAsync();
        var demand = new TokenDemand
        {
            Terms = site.Terms,
            Refused = held.Number,
            Challenge = new TokenChallenge { Scope = "things:write", IsAboutScope = true },
        };
        var wanting = await site.AlicesGrain().SupplyAsync(demand, default);
        var page = await site.Alice.OpenAsync(site.Link);

        Assert.True(wanting is { Token: null, NeedsPerson: true });
        Assert.Contains("things:write", page.Text, StringComparison.Ordinal);
        Assert.Contains("things:read", page.Text, StringComparison.Ordinal);
        var given = demand with { Challenge = demand.Challenge with { Scope = "things:read" } };
        Assert.False((await site.AlicesGrain().SupplyAsync(given, default)).NeedsPerson);
    }

    [Fact]
    public async Task Tokens_AreNowhereInClear()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();

        var listed = await site.Host.Grains.Locate<IConnectionsGrain>("default/remote").ListAsync(
            SecurityHost.ContextOf("user:root", "admin.*:*"), null, 10, default);
        Assert.Equal(ConnectionStatus.Connected, Assert.Single(listed.Connections).Status);
        Assert.DoesNotContain("canary", listed.Connections[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Audit.Events, e => e.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain("canary", (await site.SupplyAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disconnected_AccountIsForgotten_AndGivenBack()
    {
        await using var site = await ConnectionSite.StartAsync();
        await site.ConnectAsync();
        var mallory = SecurityHost.ContextOf("user:mallory", "mcp.*:*");
        var own = SecurityHost.ContextOf(site.AliceId.Principal.ToString());

        Assert.NotNull(await site.AlicesGrain().DisconnectAsync(mallory, default));
        Assert.NotNull((await site.SupplyAsync()).Token);
        Assert.NotNull(await site.AlicesGrain().DisconnectAsync(own with { Scopes = [McpScopes.Tools] }, default));
        Assert.Null(await site.AlicesGrain().DisconnectAsync(own, default));

        Assert.True(await site.SupplyAsync() is { Token: null, NeedsPerson: true });
        await UntilAsync(() => site.Issuer.Revoked.Contains("refresh-canary-1"));
    }

    [Fact]
    public async Task User_LosesTheirAccountAndNobodyElseTheirs_WhenDisabled()
    {
        await using var site = await ConnectionSite.StartAsync();
        var bob = await site.Host.JoinAsync("bob", "mcp-user");
        await site.ConnectAsync();
        await site.ConnectAsync(bob, "bob");
        var admin = SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*");

        Assert.Null((await site.Host.User(site.AliceId).SetEnabledAsync(admin, enabled: false, default)).Fault);

        Assert.True(await site.SupplyAsync() is { Token: null, NeedsPerson: true });
        Assert.Equal("access-canary-2", (await site.SupplyAsync(owner: bob.Principal.ToString())).Token);
        var listed = await site.Host.Grains.Locate<IConnectionsGrain>("default/remote")
            .ListAsync(admin, null, 10, default);
        Assert.Equal(bob.Principal.ToString(), Assert.Single(listed.Connections).Owner);
        Assert.Contains(site.Audit.Events, entry => entry.Reason == "user-disabled");
        await UntilAsync(() => site.Issuer.Revoked.Contains("refresh-canary-1"));
        Assert.Single(site.Issuer.Revoked);
    }

    private static string Basic(string id, string secret) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; tries < 1_000 && !holds(); tries++)
        {
            await Task.Yield();
        }

        Assert.True(SpinWait.SpinUntil(holds, TimeSpan.FromSeconds(10)));
    }
}
