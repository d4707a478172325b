namespace Smcp.Identity.OAuth.Grants;

/// <summary>What a redemption of a refresh token must be, each rule by itself.</summary>
public sealed class RefreshRulesTests
{
    private const string Resource = "https://smcp.example/t/acme/s/notes/mcp";

    private static readonly DateTimeOffset Now = new(2026, 7, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    private readonly RefreshToken _first = RefreshToken.First();
    private readonly RefreshToken _second;
    private readonly GrantState _grant;

    private readonly RefreshRedemption _redemption = new()
    {
        RefreshToken = "read already",
        Client = ClientId.Parse("client"),
        Issuer = "https://smcp.example",
    };

    public RefreshRulesTests()
    {
        var chain = RefreshChains.Rotate(RefreshChains.Begin(_first, Now), _first, Now);
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

    [Fact]
    public void Token_IsGood_WhenItIsTheCurrentOne() => Assert.Null(Check(_grant, _second, _redemption));

    [Fact]
    public void Token_IsRefused_WhenTheGrantHasNone()
    {
        Assert.Equal(TokenRefusal.UnknownGrant, Check(_grant with { Client = null }, _second, _redemption));
        Assert.Equal(TokenRefusal.UnknownGrant, Check(_grant with { Refresh = null }, _second, _redemption));
    }

    [Fact]
    public void Token_IsUnmatched_WhenItWasNeverGivenOut()
    {
        Assert.Equal(TokenRefusal.Unmatched, Check(_grant, null, _redemption));
        Assert.Equal(TokenRefusal.Unmatched, Check(_grant, _second with { Generation = 3 }, _redemption));
    }

    [Fact]
    public void Token_IsRefused_ToAnotherClientAndOfARevokedGrant()
    {
        Assert.Equal(
            TokenRefusal.OtherClient, Check(_grant, _second, _redemption with { Client = ClientId.Parse("other") }));
        Assert.Equal(TokenRefusal.Revoked, Check(_grant with { IsRevoked = true }, _second, _redemption));
    }

    [Fact]
    public void TokenBefore_IsTaken_WithinTheLeewayOnly()
    {
        Assert.Null(Check(_grant, _first, _redemption, Now + Leeway));
        Assert.Equal(
            TokenRefusal.RefreshReused, Check(_grant, _first, _redemption, Now + Leeway + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void TokenBefore_IsAReuse_WhenItDoesNotLeadToTheCurrentOne()
    {
        Assert.Equal(
            TokenRefusal.RefreshReused,
            Check(_grant, RefreshToken.First(), _redemption));
        Assert.Equal(
            TokenRefusal.RefreshReused,
            Check(_grant, _second with { Secret = new byte[32] }, _redemption));
    }

    [Fact]
    public void TokenTwoBefore_IsAReuse()
    {
        var rotated = RefreshChains.Rotate(_grant.Refresh!, _second, Now);

        Assert.Equal(TokenRefusal.RefreshReused, Check(_grant with { Refresh = rotated }, _first, _redemption));
        Assert.Null(Check(_grant with { Refresh = rotated }, _second, _redemption));
        Assert.Null(Check(_grant with { Refresh = rotated }, _second.Next(rotated.Salt), _redemption));
    }

    [Fact]
    public void Token_IsRefused_OnceTheGrantIsOver()
    {
        Assert.Equal(TokenRefusal.Expired, Check(_grant, _second, _redemption, _grant.IdleEndsAt));
        Assert.Equal(TokenRefusal.Expired, Check(_grant with { EndsAt = Now }, _second, _redemption));
        Assert.Null(Check(_grant, _second, _redemption, _grant.IdleEndsAt - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Resource_IsTheGrants()
    {
        Assert.Null(Check(_grant, _second, _redemption with { Resource = Resource }));
        Assert.Equal(
            TokenRefusal.OtherResource, Check(_grant, _second, _redemption with { Resource = Resource + "/" }));
    }

    [Theory]
    [InlineData(true, McpScopes.Tools)]
    [InlineData(true, McpScopes.Read)]
    [InlineData(true, McpScopes.OfflineAccess)]
    [InlineData(true, McpScopes.Read, McpScopes.Tools)]
    [InlineData(false, McpScopes.Admin)]
    [InlineData(false, McpScopes.Read, McpScopes.Admin)]
    [InlineData(false, "anything")]
    public void Scopes_AreNoWiderThanTheGrants(bool isGood, params string[] scopes) => Assert.Equal(
        isGood ? null : TokenRefusal.ScopeTooBroad,
        Check(_grant, _second, _redemption with { Scopes = scopes }));

    private static TokenRefusal? Check(
        GrantState grant, RefreshToken? token, RefreshRedemption redemption, DateTimeOffset? now = null) =>
        RefreshRules.Check(grant, token, redemption, now ?? Now, Leeway);
}
