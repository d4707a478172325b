using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.AccessTokens;

/// <summary>What a genuine token must say, each rule by itself.</summary>
public sealed class AccessTokenRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly AccessTokenTerms _terms = new("https://smcp", "https://smcp/t/acme/s/notes/mcp", Acme, Now, Skew);

    private readonly AccessTokenClaims _claims = new()
    {
        Issuer = "https://smcp",
        Subject = PrincipalId.Parse("user:u"),
        Audience = "https://smcp/t/acme/s/notes/mcp",
        Client = ClientId.Parse("client"),
        Grant = new GrantKey(Acme, GrantId.Random()),
        Id = "id",
        Scopes = [McpScopes.Tools],
        IssuedAt = Now,
        ExpiresAt = Now + TimeSpan.FromMinutes(10),
    };

    [Fact]
    public void Token_IsGood_WhenAllHolds() => Assert.Null(AccessTokenRules.Check(_claims, _terms));

    [Fact]
    public void Token_IsRefused_OfAnotherIssuerOrForAnotherResource()
    {
        Assert.Equal(AccessTokenProblem.Issuer, Check(_claims with { Issuer = "https://smcp/" }));
        Assert.Equal(AccessTokenProblem.Audience, Check(_claims with { Audience = _terms.Resource + "/" }));
    }

    [Fact]
    public void Token_IsRefused_ForAnotherTenant()
    {
        var other = _claims with { Grant = new GrantKey(TenantId.Parse("other"), GrantId.Random()) };

        Assert.Equal(AccessTokenProblem.Tenant, Check(other));
        Assert.Null(AccessTokenRules.Check(other, _terms with { Tenant = null }));
    }

    [Fact]
    public void Token_IsRefused_BeforeItsTimeButForTheSkew()
    {
        Assert.Null(Check(_claims with { IssuedAt = Now + Skew }));
        Assert.Equal(AccessTokenProblem.NotYet, Check(_claims with { IssuedAt = Now + Skew + Tick }));
        Assert.Null(Check(_claims with { NotBefore = Now + Skew }));
        Assert.Equal(AccessTokenProblem.NotYet, Check(_claims with { NotBefore = Now + Skew + Tick }));
    }

    [Fact]
    public void Token_IsRefused_AfterItsTimeButForTheSkew()
    {
        Assert.Null(Check(_claims with { ExpiresAt = Now - Skew + Tick }));
        Assert.Equal(AccessTokenProblem.Expired, Check(_claims with { ExpiresAt = Now - Skew }));
    }

    private AccessTokenProblem? Check(AccessTokenClaims claims) => AccessTokenRules.Check(claims, _terms);
}
