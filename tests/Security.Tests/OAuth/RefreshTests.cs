using System.Net;
using Smcp.Identity;
using Smcp.Identity.Users;

namespace Smcp.OAuth;

public sealed class RefreshTests
{
    private static readonly TimeSpan BeyondLeeway = TimeSpan.FromSeconds(11);

    [Fact]
    public async Task AS33_Refresh_RotatesEachTime()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, first, _) = await GrantedAsync(host);

        var second = (await client.RefreshAsync(first)).IsGranted().RefreshToken;
        var third = (await client.RefreshAsync(second)).IsGranted().RefreshToken;

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Fact]
    public async Task AS34_Reuse_RevokesTheFamily()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, first, _) = await GrantedAsync(host);
        var second = (await client.RefreshAsync(first)).IsGranted().RefreshToken;
        host.Clock.Leap(BeyondLeeway);

        (await client.RefreshAsync(first)).IsRefused("invalid_grant");

        (await client.RefreshAsync(second)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task AS34_Reuse_WithinLeewayGivesTheSameSuccessor()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, first, _) = await GrantedAsync(host);

        var second = (await client.RefreshAsync(first)).IsGranted().RefreshToken;
        var again = (await client.RefreshAsync(first)).IsGranted().RefreshToken;

        Assert.Equal(second, again);
        (await client.RefreshAsync(second)).IsGranted();
    }

    [Fact]
    public async Task AS34_Reuse_IsFoundWithinLeewayOnceTheSuccessorWasUsed()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, first, _) = await GrantedAsync(host);
        var second = (await client.RefreshAsync(first)).IsGranted().RefreshToken;
        var third = (await client.RefreshAsync(second)).IsGranted().RefreshToken;

        (await client.RefreshAsync(first)).IsRefused("invalid_grant");

        (await client.RefreshAsync(third)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task AS34_ParallelRefreshes_GiveOneSuccessor()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.RefreshAsync(token)));

        Assert.All(answers, answer => answer.IsGranted());
        Assert.Single(answers.Select(answer => answer.RefreshToken).Distinct());
    }

    [Fact]
    public async Task AS34_ForgedToken_HasNoEffect()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);
        var rotated = (await client.RefreshAsync(token)).IsGranted().RefreshToken;
        host.Clock.Leap(BeyondLeeway);
        var forged = token[..^6] + (token.EndsWith("AAAAAA", StringComparison.Ordinal) ? "BBBBBB" : "AAAAAA");

        (await client.RefreshAsync(forged)).IsRefused("invalid_grant");

        (await client.RefreshAsync(rotated)).IsGranted();
    }

    [Fact]
    public async Task AS35_BroaderScope_RotatesNothing()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);

        (await client.RefreshAsync(token, ("scope", "mcp:admin"))).IsRefused("invalid_scope");

        Assert.Equal("mcp:read", (await client.RefreshAsync(token, ("scope", "mcp:read"))).IsGranted().Scope);
    }

    [Fact]
    public async Task AS36_OtherClient_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);
        var other = await OAuthClientDriver.RegisterAsync(host);

        (await other.RefreshAsync(token)).IsRefused("invalid_grant");

        (await client.RefreshAsync(token)).IsGranted();
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public async Task AS37_Refresh_EndsWhenIdle(int days, bool isGranted)
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);

        host.Clock.Leap(TimeSpan.FromDays(days));

        Assert.Equal(isGranted ? null : "invalid_grant", (await client.RefreshAsync(token)).Error);
    }

    [Fact]
    public async Task AS37_Refresh_EndsAfterAYearHoweverUsed()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);
        for (var day = 0; day < 360; day += 20)
        {
            host.Clock.Leap(TimeSpan.FromDays(20));
            token = (await client.RefreshAsync(token)).IsGranted().RefreshToken;
        }

        host.Clock.Leap(TimeSpan.FromDays(5));

        (await client.RefreshAsync(token)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task AS32_Refresh_FollowsTheUsersRoles()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, user) = await GrantedAsync(host);
        var admin = SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*");

        Assert.Null((await host.User(user).SetRolesAsync(admin, ["read-only"], default)).Fault);
        var reduced = (await client.RefreshAsync(token)).IsGranted();
        Assert.Equal("mcp:read", reduced.Scope);

        Assert.Null((await host.User(user).SetEnabledAsync(admin, enabled: false, default)).Fault);
        (await client.RefreshAsync(reduced.RefreshToken)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task AS38_Revocation_OfARefreshTokenEndsTheGrant()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);

        Assert.Equal(HttpStatusCode.OK, await client.RevokeAsync(token));

        (await client.RefreshAsync(token)).IsRefused("invalid_grant");
        Assert.Equal(HttpStatusCode.OK, await client.RevokeAsync(token));
        Assert.Equal(HttpStatusCode.OK, await client.RevokeAsync("unknown"));
        Assert.Equal(HttpStatusCode.OK, await client.RevokeAsync("smcpr.default.aaaaaaaaaaaaaaaaaaaaaa.x"));
    }

    [Fact]
    public async Task AS39_Revocation_OfAnothersTokenDoesNothing()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token, _) = await GrantedAsync(host);
        var other = await OAuthClientDriver.RegisterAsync(host);

        Assert.Equal(HttpStatusCode.OK, await other.RevokeAsync(token));

        (await client.RefreshAsync(token)).IsGranted();
    }

    private static async Task<(OAuthClientDriver Client, string Token, UserId User)> GrantedAsync(SecurityHost host)
    {
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("echo"), McpScopes.Tools);
        return (client, (await client.RedeemAsync(code)).IsGranted().RefreshToken, user);
    }
}
