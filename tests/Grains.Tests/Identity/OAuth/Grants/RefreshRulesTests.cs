using System.Security.Cryptography;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>What a redemption of a refresh token must be, each rule by itself.</summary>
public sealed class RefreshRulesTests : IAsyncLifetime
{
    private const string Resource = "https://smcp.example/t/acme/s/notes/mcp";

    private static readonly DateTimeOffset Now = new(2026, 7, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    private readonly RefreshChains _chains = new(Digests.Make());
    private readonly RefreshToken _first = RefreshToken.First();
    private RefreshToken _second = null!;
    private GrantState _grant = null!;

    private readonly RefreshRedemption _redemption = new()
    {
        RefreshToken = "read already",
        Client = ClientId.Parse("client"),
        Issuer = "https://smcp.example",
    };

    public async Task InitializeAsync()
    {
        var chain = await RotateAsync(await _chains.BeginAsync(_first, Now, default), _first);
        _second = _first.Next(chain.Salt);
        _grant = new GrantState
        {
            Client = ClientId.Parse("client"),
            Resource = Resource,
            Scopes = [McpScopes.Tools],
            Refresh = chain,
            EndsAt = Now + TimeSpan.FromDays(1),
            IdleEndsAt = Now + TimeSpan.FromHours(1),
        };
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Token_IsGood_WhenItIsTheCurrentOne() =>
        Assert.Null(await CheckAsync(_grant, _second, _redemption));

    [Fact]
    public async Task Token_IsRefused_WhenTheGrantHasNone()
    {
        Assert.Equal(TokenRefusal.UnknownGrant, await CheckAsync(_grant with { Client = null }, _second, _redemption));
        Assert.Equal(TokenRefusal.UnknownGrant, await CheckAsync(_grant with { Refresh = null }, _second, _redemption));
    }

    [Fact]
    public async Task Token_IsUnmatched_WhenItWasNeverGivenOut()
    {
        Assert.Equal(TokenRefusal.Unmatched, await CheckAsync(_grant, null, _redemption));
        Assert.Equal(TokenRefusal.Unmatched, await CheckAsync(_grant, _second with { Generation = 3 }, _redemption));
    }

    [Fact]
    public async Task Token_IsRefused_ToAnotherClientAndOfARevokedGrant()
    {
        Assert.Equal(
            TokenRefusal.OtherClient,
            await CheckAsync(_grant, _second, _redemption with { Client = ClientId.Parse("other") }));
        Assert.Equal(TokenRefusal.Revoked, await CheckAsync(_grant with { IsRevoked = true }, _second, _redemption));
    }

    [Fact]
    public async Task TokenBefore_IsTaken_WithinTheLeewayOnly()
    {
        Assert.Null(await CheckAsync(_grant, _first, _redemption, Now + Leeway));
        Assert.Equal(
            TokenRefusal.RefreshReused,
            await CheckAsync(_grant, _first, _redemption, Now + Leeway + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public async Task TokenBefore_IsAReuse_WhenItDoesNotLeadToTheCurrentOne()
    {
        Assert.Equal(
            TokenRefusal.RefreshReused,
            await CheckAsync(_grant, RefreshToken.First(), _redemption));
        Assert.Equal(
            TokenRefusal.RefreshReused,
            await CheckAsync(_grant, _second with { Secret = new byte[32] }, _redemption));
    }

    [Fact]
    public async Task TokenTwoBefore_IsAReuse()
    {
        var rotated = await RotateAsync(_grant.Refresh!, _second);

        Assert.Equal(
            TokenRefusal.RefreshReused, await CheckAsync(_grant with { Refresh = rotated }, _first, _redemption));
        Assert.Null(await CheckAsync(_grant with { Refresh = rotated }, _second, _redemption));
        Assert.Null(await CheckAsync(_grant with { Refresh = rotated }, _second.Next(rotated.Salt), _redemption));
    }

    [Fact]
    public async Task Token_IsRefused_OnceTheGrantIsOver()
    {
        Assert.Equal(TokenRefusal.Expired, await CheckAsync(_grant, _second, _redemption, _grant.IdleEndsAt));
        Assert.Equal(TokenRefusal.Expired, await CheckAsync(_grant with { EndsAt = Now }, _second, _redemption));
        Assert.Null(await CheckAsync(_grant, _second, _redemption, _grant.IdleEndsAt - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public async Task Resource_IsTheGrants()
    {
        Assert.Null(await CheckAsync(_grant, _second, _redemption with { Resource = Resource }));
        Assert.Equal(
            TokenRefusal.OtherResource,
            await CheckAsync(_grant, _second, _redemption with { Resource = Resource + "/" }));
    }

    [Theory]
    [InlineData(true, McpScopes.Tools)]
    [InlineData(true, McpScopes.Read)]
    [InlineData(true, McpScopes.OfflineAccess)]
    [InlineData(true, McpScopes.Read, McpScopes.Tools)]
    [InlineData(false, McpScopes.Admin)]
    [InlineData(false, McpScopes.Read, McpScopes.Admin)]
    [InlineData(false, "anything")]
    public async Task Scopes_AreNoWiderThanTheGrants(bool isGood, params string[] scopes) => Assert.Equal(
        isGood ? null : TokenRefusal.ScopeTooBroad,
        await CheckAsync(_grant, _second, _redemption with { Scopes = scopes }));

    /// <summary>A chain from before digests were keyed goes on, and is keyed from then on.</summary>
    [Fact]
    public async Task Token_IsGood_OfAChainWithAPlainDigest()
    {
        var before = _grant.Refresh! with { Digest = new SecretDigest(null, SHA256.HashData(_second.Secret.Span)) };
        var rotated = await RotateAsync(before, _second);

        Assert.Null(await CheckAsync(_grant with { Refresh = before }, _second, _redemption));
        Assert.Null(await CheckAsync(_grant with { Refresh = before }, _first, _redemption));
        Assert.Equal(
            TokenRefusal.RefreshReused,
            await CheckAsync(_grant with { Refresh = before }, _second with { Secret = new byte[32] }, _redemption));
        Assert.NotNull(rotated.Digest!.KeyId);
        Assert.Null(await CheckAsync(_grant with { Refresh = rotated }, _second.Next(rotated.Salt), _redemption));
    }

    private ValueTask<RefreshChain> RotateAsync(RefreshChain chain, RefreshToken current) =>
        _chains.RotateAsync(chain, current, Now, default);

    private async Task<TokenRefusal?> CheckAsync(
        GrantState grant, RefreshToken? token, RefreshRedemption redemption, DateTimeOffset? now = null) =>
        RefreshRules.Check(new RefreshAttempt
        {
            Grant = grant,
            Token = token,
            Match = token is null || grant.Refresh is null
                ? RefreshMatch.Other
                : await _chains.MatchAsync(grant.Refresh, token, default),
            Redemption = redemption,
            Now = now ?? Now,
            Leeway = Leeway,
        });
}
