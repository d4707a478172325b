using Smcp.Tenants;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>What must hold before a code is made, each rule by itself.</summary>
public sealed class AuthorizationRulesTests
{
    private const string Redirect = "https://app.example/cb";

    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly GrantKey _key = new(Acme, GrantId.Random());

    private readonly CallContext _context = new()
    {
        Tenant = Acme,
        Principal = PrincipalId.Parse("user:0123456789abcdef012345"),
        Revision = "2026-07-28",
        CorrelationId = "test",
    };

    private readonly GrantRequest _request = new()
    {
        Client = ClientId.Parse("client"),
        RedirectUri = Redirect,
        Resource = "https://smcp.example/t/acme/s/notes/mcp",
        Scopes = [McpScopes.Tools],
        CodeChallenge = new string('c', 43),
    };

    private readonly OAuthClient _client = new()
    {
        Id = ClientId.Parse("client"),
        Tenant = Acme,
        TenantGeneration = 2,
        RedirectUris = ["https://app.example/other", Redirect],
        GrantTypes = [GrantTypes.AuthorizationCode],
    };

    private readonly TenantSnapshot _tenant = new() { Status = TenantStatus.Active, Version = 1, Generation = 2 };

    [Fact]
    public void Code_IsMade_WhenAllHolds()
    {
        Assert.Null(Check(_client));
        Assert.Null(Check(_client with { Tenant = null, TenantGeneration = 1 }));
    }

    [Theory]
    [InlineData(TenantStatus.None)]
    [InlineData(TenantStatus.Suspended)]
    [InlineData(TenantStatus.Deleted)]
    public void Code_IsRefused_InATenantThatServesNobody(TenantStatus status) => Assert.Equal(
        TokenRefusal.TenantRefused, Check(_client, tenant: _tenant with { Status = status }));

    [Fact]
    public void Code_IsRefused_ToACallerOfAnotherTenantAndToNoUser()
    {
        Assert.Equal(
            TokenRefusal.TenantRefused, Check(_client, _context with { Tenant = TenantId.Parse("other") }));
        Assert.Equal(
            TokenRefusal.PrincipalRefused, Check(_client, _context with { Principal = PrincipalId.Parse("key:k") }));
        Assert.Equal(
            TokenRefusal.PrincipalRefused, Check(_client, _context with { Principal = PrincipalId.Anonymous }));
    }

    [Fact]
    public void Code_IsRefused_ToAClientThatMayHaveNone()
    {
        Assert.Equal(TokenRefusal.ClientRefused, Check(null));
        Assert.Equal(TokenRefusal.ClientRefused, Check(_client with { Tenant = TenantId.Parse("other") }));
        Assert.Equal(TokenRefusal.ClientRefused, Check(_client with { GrantTypes = [GrantTypes.ClientCredentials] }));
        Assert.Equal(TokenRefusal.ClientRefused, Check(_client with { TenantGeneration = 1 }));
    }

    [Fact]
    public void Code_IsRefused_ForAnAddressThatIsNotRegistered()
    {
        Assert.Equal(TokenRefusal.OtherRedirectUri, Check(_client with { RedirectUris = [] }));
        Assert.Equal(TokenRefusal.OtherRedirectUri, Check(_client with { RedirectUris = [Redirect + "/"] }));
    }

    [Theory]
    [InlineData(42, 'c')]
    [InlineData(44, 'c')]
    [InlineData(0, 'c')]
    [InlineData(43, '!')]
    public void Code_IsRefused_WithoutAChallenge(int length, char of) => Assert.Equal(
        TokenRefusal.WrongVerifier,
        AuthorizationRules.Check(
            _key, _context, _request with { CodeChallenge = new string(of, length) }, _client, _tenant));

    [Fact]
    public void Client_ActsInItsTenant_ByTheTypesItHas()
    {
        Assert.True(AuthorizationRules.MayActIn(_client, Acme, GrantTypes.AuthorizationCode));
        Assert.True(AuthorizationRules.MayActIn(_client with { Tenant = null }, Acme, GrantTypes.AuthorizationCode));
        Assert.False(AuthorizationRules.MayActIn(_client, Acme, GrantTypes.RefreshToken));
        Assert.False(AuthorizationRules.MayActIn(null, Acme, GrantTypes.AuthorizationCode));
    }

    private TokenRefusal? Check(OAuthClient? client, CallContext? context = null, TenantSnapshot? tenant = null) =>
        AuthorizationRules.Check(_key, context ?? _context, _request, client, tenant ?? _tenant);
}
