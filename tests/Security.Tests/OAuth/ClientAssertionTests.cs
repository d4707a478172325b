using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Smcp.Admin;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth;

/// <summary>Clients that prove by their own key who they are (RFC 7523).</summary>
public sealed class ClientAssertionTests : IAsyncLifetime, IDisposable
{
    private readonly Signer _signer = new("ES256");
    private AdminSite _site = null!;
    private OAuthClientDriver _robot = null!;

    private SecurityHost Host => _site.Host;

    private (string, string?) Resource => ("resource", Host.ResourceOf("notes"));

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync();
        _robot = await RegisterAsync(_signer);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("ES256", true)]
    [InlineData("RS256", false)]
    public async Task Assertion_ProvesTheClient(string algorithm, bool namesTheClient)
    {
        using var signer = new Signer(algorithm);
        var robot = await RegisterAsync(signer);

        var answer = await robot.AskByAssertionAsync(
            signer.Sign(Claims(robot)), Resource, ("client_id", namesTheClient ? robot.Id.ToString() : null));

        Assert.Equal($"client:{robot.Id}", (string?)AccessTokenText.ClaimsOf(answer.IsGranted().AccessToken)["sub"]);
    }

    [Fact]
    public async Task Assertion_IsTakenOnce()
    {
        var assertion = _signer.Sign(Claims(_robot));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => _robot.AskByAssertionAsync(assertion, Resource)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            answer => answer.IsRefused("invalid_client", HttpStatusCode.Unauthorized));
        (await _robot.AskByAssertionAsync(_signer.Sign(Claims(_robot)), Resource)).IsGranted();
    }

    [Theory]
    [InlineData("aud", "the slash")]
    [InlineData("aud", "a list of us")]
    [InlineData("exp", "at the most")]
    [InlineData("iat", null)]
    public async Task Assertion_IsTaken_WhenItIsOtherwiseMeantTheSame(string claim, string? value)
    {
        var claims = Claims(_robot);
        claims[claim] = ValueOf(value);
        if (value is null)
        {
            claims.Remove(claim);
        }

        (await _robot.AskByAssertionAsync(_signer.Sign(claims), Resource)).IsGranted();
    }

    [Theory]
    [InlineData("aud", "the token endpoint")]
    [InlineData("aud", "us and another")]
    [InlineData("aud", "us and no text")]
    [InlineData("aud", "https://other.example")]
    [InlineData("aud", null)]
    [InlineData("iss", "another")]
    [InlineData("iss", null)]
    [InlineData("exp", null)]
    [InlineData("exp", "a minute ago")]
    [InlineData("exp", "in an hour")]
    [InlineData("iat", "in a minute")]
    [InlineData("nbf", "in a minute")]
    [InlineData("jti", null)]
    [InlineData("jti", "")]
    [InlineData("exp", "at the end of time")]
    [InlineData("nbf", "at the end of time")]
    [InlineData("nbf", "beyond all time")]
    [InlineData("nbf", "beyond all numbers")]
    [InlineData("nbf", "half a second")]
    [InlineData("nbf", "tomorrow")]
    [InlineData("nbf", "nothing")]
    [InlineData("iat", "beyond all time")]
    [InlineData("iat", "half a second")]
    [InlineData("iat", "tomorrow")]
    public async Task Assertion_IsRefused_WhenAClaimIsAnother(string claim, string? value)
    {
        var claims = Claims(_robot);
        claims[claim] = ValueOf(value);
        if (value is null)
        {
            claims.Remove(claim);
        }

        (await _robot.AskByAssertionAsync(_signer.Sign(claims), Resource))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await _robot.AskByAssertionAsync(_signer.Sign(Claims(_robot)), Resource)).IsGranted();
    }

    /// <summary>Half of a surrogate pair, which JSON can write and no text can hold (RFC 8259 section 8.2).</summary>
    [Theory]
    [InlineData("jti")]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("\\ud800")]
    public async Task Assertion_IsRefused_WhenAClaimIsNoText(string claim)
    {
        var claims = Claims(_robot);
        claims[claim.Replace("\\ud800", "odd", StringComparison.Ordinal)] = "odd";
        var text = claims.ToJsonString().Replace("odd", "\\ud800", StringComparison.Ordinal);

        (await _robot.AskByAssertionAsync(_signer.Sign(text), Resource))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await _robot.AskByAssertionAsync(_signer.Sign(text), Resource, ("client_id", _robot.Id.ToString())))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("es256")]
    public async Task Assertion_IsRefused_WhenItsAlgorithmIsAnother(string algorithm) =>
        (await _robot.AskByAssertionAsync(_signer.Sign(Claims(_robot), algorithm), Resource))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Assertion_IsRefused_WhenAnotherSignedIt()
    {
        using var thief = new Signer("ES256");
        var other = await RegisterAsync(thief);

        (await _robot.AskByAssertionAsync(thief.Sign(Claims(_robot)), Resource))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await _robot.AskByAssertionAsync(
            thief.Sign(Claims(other)), Resource, ("client_id", _robot.Id.ToString())))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Client_ProvesItselfAsRegistered_AndInNoOtherWay()
    {
        var secret = await OAuthClientDriver.OfTenantAsync(Host, "secretive", ["mcp-user"]);

        (await secret.AskByAssertionAsync(_signer.Sign(Claims(secret)), Resource))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await _robot.SendAsync(
            [("grant_type", "client_credentials"), ("client_id", _robot.Id.ToString()), Resource]))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await _robot.AskByAssertionAsync(_signer.Sign(Claims(_robot)), Resource, ("client_secret", "smcps.x")))
            .IsRefused("invalid_request");
        (await _robot.AskByAssertionAsync(
            "not a token", Resource, ("client_id", _robot.Id.ToString())))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Key_IsRefused_WhenItIsNone()
    {
        using var small = new Signer("RS256", 1024);
        var offTheCurve = _signer.PublicKey with { Y = _signer.PublicKey.X };

        byte[] padded = [.. new byte[128], .. Base64Url.DecodeFromChars(small.PublicKey.N)];
        var longer = small.PublicKey with { N = Base64Url.EncodeToString(padded) };

        foreach (var key in new[] { small.PublicKey, longer, offTheCurve, new ClientJwk { Kty = "oct" } })
        {
            Assert.NotNull((await CreateAsync([key])).Fault);
        }

        Assert.NotNull((await CreateAsync([])).Fault);
        Assert.Null((await CreateAsync([_signer.PublicKey])).Fault);
    }

    private JsonNode? ValueOf(string? value) => value switch
    {
        "the slash" => Host.Issuer + "/",
        "a list of us" => new JsonArray(Host.Issuer),
        "us and another" => new JsonArray(Host.Issuer, "https://other.example"),
        "us and no text" => new JsonArray(Host.Issuer, 7),
        "the token endpoint" => Host.Issuer + "/token",
        "at the most" => In(TimeSpan.FromMinutes(5)),
        "at the end of time" => 253_402_300_799,
        "nothing" => null,
        "beyond all time" => 253_402_300_800,
        "beyond all numbers" => 1e300,
        "half a second" => In(TimeSpan.Zero) - 0.5,
        "a minute ago" => In(-TimeSpan.FromMinutes(1)),
        "in a minute" => In(TimeSpan.FromMinutes(1)),
        "in an hour" => In(TimeSpan.FromHours(1)),
        _ => value,
    };

    private long In(TimeSpan time) => (Host.Clock.GetUtcNow() + time).ToUnixTimeSeconds();

    private JsonObject Claims(OAuthClientDriver client) => new()
    {
        ["iss"] = client.Id.ToString(),
        ["sub"] = client.Id.ToString(),
        ["aud"] = Host.Issuer,
        ["jti"] = Guid.NewGuid().ToString(),
        ["iat"] = In(TimeSpan.Zero),
        ["exp"] = In(TimeSpan.FromMinutes(1)),
    };

    private async Task<OAuthClientDriver> RegisterAsync(Signer signer)
    {
        var issued = await CreateAsync([signer.PublicKey]);
        Assert.Null(issued.Secret);
        return new OAuthClientDriver(Host, issued.Client!.Id);
    }

    private Task<ClientIssued> CreateAsync(IReadOnlyList<ClientJwk> keys) =>
        Host.Grains.Locate<IClientsGrain>("default").CreateAsync(
            AdminSite.ContextOf("default", "mcp.*:*", "admin.*:*"),
            new ClientRequest
            {
                Name = "robot",
                Authentication = ClientAuthentication.PrivateKeyJwt,
                Roles = ["mcp-user"],
                Keys = keys,
            },
            default).AsTask();
}
