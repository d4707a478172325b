using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.OAuth.AccessTokens;

/// <summary>An access token from its text to whom it speaks for.</summary>
public sealed class AccessTokenSchemeTests : IDisposable
{
    private const string Issuer = "https://smcp.example";
    private const string Resource = Issuer + "/t/acme/s/notes/mcp";
    private const string KeyId = "key";

    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly ManualTimeProvider _time = new();
    private readonly FakeKeys _keys = new();
    private readonly KeySets _sets;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeGrant _grant = new();
    private readonly GrantKey _grantKey = new(Acme, GrantId.Random());
    private readonly AccessTokenScheme _scheme;

    public AccessTokenSchemeTests()
    {
        var options = Options.Create(new OAuthOptions());
        var gateway = new GatewayOptions();
        gateway.PublicUrls.Add(Issuer);
        _sets = new KeySets(_keys, new FakeGrains(), _time, options);
        _scheme = new AccessTokenScheme(
            new AccessTokenReader(_sets),
            _keys,
            new KnownTenants(_keys, _time, Options.Create(new AuthOptions())),
            new CanonicalUrls(null!, Options.Create(gateway)),
            _time,
            options);
        var q = _key.ExportParameters(false).Q;
        _keys.Keys.Add(new PublicSigningKey(KeyId, q.X, q.Y));
        _keys.Grants[_grantKey.ToString()] = _grant;
        _grant.Lookup = CredentialLookup.Of(new CallerIdentity
        {
            Tenant = Acme,
            Principal = PrincipalId.Parse("user:u"),
            Credential = "grant:g",
            Scopes = [McpScopes.Tools],
            Roles = ["mcp-user"],
        });
    }

    public void Dispose()
    {
        _key.Dispose();
        _sets.Dispose();
    }

    [Theory]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA", true)]
    [InlineData("smcp_default_abc", false)]
    [InlineData("EY", false)]
    public void Scheme_TakesWhatBeginsLikeAToken(string text, bool isTaken) =>
        Assert.Equal(isTaken, _scheme.Accepts(text));

    [Fact]
    public async Task Token_SpeaksForItsGrant_NoMoreThanItSaysAndNoLongerThanItLives()
    {
        var lookup = await VerifyAsync(Sign(Claims("mcp:read mcp:tools mcp:admin")));

        Assert.Null(lookup.Cause);
        Assert.Equal(PrincipalId.Parse("user:u"), lookup.Caller!.Principal);
        Assert.Equal(["mcp:read", "mcp:tools"], lookup.Caller.Scopes);
        Assert.Equal(["mcp-user"], lookup.Caller.Roles);
        Assert.Equal(ExpiresAt + new OAuthOptions().ClockSkew, lookup.Caller.ExpiresAt);
        Assert.Equal("id", _grant.AskedFor);
    }

    [Fact]
    public async Task Token_IsRefused_AsItsGrantSays()
    {
        _grant.Lookup = CredentialLookup.Refused("revoked");

        Assert.Equal("revoked", await CauseAsync(Sign(Claims())));
    }

    [Theory]
    [InlineData("acme", "user:other")]
    [InlineData("other", "user:u")]
    public async Task Token_IsRefused_WhenItsGrantSpeaksForSomebodyElse(string tenant, string principal)
    {
        _grant.Lookup = CredentialLookup.Of(_grant.Lookup.Caller! with
        {
            Tenant = TenantId.Parse(tenant),
            Principal = PrincipalId.Parse(principal),
        });

        Assert.Equal("unknown", await CauseAsync(Sign(Claims())));
    }

    [Fact]
    public async Task Token_IsRefused_WithItsCauseBeforeItsGrantIsAsked()
    {
        Assert.Equal("issuer", await CauseAsync(Sign(Claims(), ("iss", Issuer + "/"))));
        Assert.Equal("audience", await CauseAsync(Sign(Claims(), ("aud", Resource + "/"))));
        Assert.Equal("tenant", await CauseAsync(Sign(Claims(), ("tid", "other"))));
        Assert.Equal("not yet valid", await CauseAsync(Sign(Claims(), ("nbf", Seconds(ExpiresAt)))));
        Assert.Equal("malformed", await CauseAsync(Sign(Claims(), ("sub", null))));
        _time.Advance(TimeSpan.FromHours(1));
        var old = Claims();
        Assert.Equal("expired", await CauseAsync(Sign(old, ("exp", Seconds(_time.GetUtcNow()) - 60))));
        Assert.Null(_grant.AskedFor);
    }

    [Fact]
    public async Task Token_IsRefused_ThatNoKeyOfOursSigned()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal("signature", await CauseAsync(Sign(Claims(), keyId: "another")));
        Assert.Equal("signature", await CauseAsync(Sign(Claims(), by: other)));
        Assert.Null(_grant.AskedFor);
    }

    [Theory]
    [InlineData(TenantStatus.None, "unknown")]
    [InlineData(TenantStatus.Deleted, "unknown")]
    [InlineData(TenantStatus.Suspended, null)]
    [InlineData(TenantStatus.Active, null)]
    public async Task Token_IsUnknown_WhenItsTenantIsNotThere(TenantStatus status, string? cause)
    {
        _keys.TenantStatus = status;

        Assert.Equal(cause, await CauseAsync(Sign(Claims())));
        Assert.Equal(cause is null, _grant.AskedFor is not null);
    }

    [Fact]
    public async Task Text_IsMalformed_WhenItIsNoTokenOfOurs()
    {
        Assert.Equal("malformed", await CauseAsync("ey"));
        Assert.Equal("malformed", await CauseAsync(Sign(Claims(), type: "JWT")));

        // So long a text is not taken apart, genuine or not.
        var most = Sign(Claims(new string('x', 4_000)));
        Assert.InRange(most.Length, 5_000, 8_192);
        Assert.Null(await CauseAsync(most));
        var tooMuch = Sign(Claims(new string('x', 6_500)));
        Assert.InRange(tooMuch.Length, 8_193, 10_000);
        Assert.Equal("malformed", await CauseAsync(tooMuch));
    }

    private DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(Seconds(_time.GetUtcNow()) + 600);

    private static long Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds();

    private JsonObject Claims(string scope = "mcp:tools") => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "user:u",
        ["aud"] = Resource,
        ["tid"] = "acme",
        ["gid"] = _grantKey.Grant.ToString(),
        ["client_id"] = "client",
        ["scope"] = scope,
        ["iat"] = Seconds(_time.GetUtcNow()),
        ["exp"] = Seconds(ExpiresAt),
        ["jti"] = "id",
    };

    private string Sign(JsonObject claims, (string Name, JsonNode? Value) instead)
    {
        claims[instead.Name] = instead.Value;
        return Sign(claims);
    }

    private string Sign(JsonObject claims, string keyId = KeyId, string type = "at+jwt", ECDsa? by = null)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = type, ["kid"] = keyId };
        var input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{Base64Url.EncodeToString(
            (by ?? _key).SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(JsonObject json) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private ValueTask<CredentialLookup> VerifyAsync(string token) =>
        _scheme.VerifyAsync(token, new CredentialUse(Resource, Acme), default);

    private async Task<string?> CauseAsync(string token) => (await VerifyAsync(token)).Cause;

    private sealed class FakeGrant : IGrantGrain
    {
        public CredentialLookup Lookup { get; set; } = null!;

        /// <summary>The token that it was last asked for.</summary>
        public string? AskedFor { get; private set; }

        public ValueTask<CredentialLookup> DescribeAsync(string accessTokenId, CancellationToken cancellationToken)
        {
            AskedFor = accessTokenId;
            return ValueTask.FromResult(Lookup);
        }

        public Task<CodeIssue> AuthorizeAsync(
            CallContext context, GrantRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TokenOutcome> RedeemAsync(CodeRedemption redemption, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TokenOutcome> RefreshAsync(RefreshRedemption redemption, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TokenOutcome> IssueAsync(ClientTokenRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task RevokeTokenAsync(TokenRevocation revocation, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task EndAsync(string cause, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<GrantSummary?> SummarizeAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
