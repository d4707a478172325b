using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Smcp.Identity;

namespace Smcp.OAuth;

public sealed class CodeRedemptionTests
{
    private const string OtherVerifier = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Fact]
    public async Task AS18_Code_GivesTokensThatNobodyKeeps()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);

        var answer = (await client.RedeemAsync(code)).IsGranted();

        Assert.Equal("Bearer", (string?)answer.Body["token_type"]);
        Assert.Equal(600, (int?)answer.Body["expires_in"]);
        Assert.Equal("mcp:tools", answer.Scope);
        Assert.NotEmpty(answer.AccessToken);
        Assert.NotEmpty(answer.RefreshToken);
        Assert.Equal("no-store", answer.Response.Headers.CacheControl?.ToString());
        Assert.Equal("no-cache", answer.Response.Headers.Pragma.ToString());
    }

    [Theory]
    [InlineData("code_verifier", OtherVerifier)]
    [InlineData("code_verifier", null)]
    [InlineData("code_verifier", "short")]
    [InlineData("redirect_uri", "http://127.0.0.1:3000/other")]
    public async Task AS19_WrongVerifier_DoesNotConsumeTheCode(string name, string? value)
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);

        (await client.RedeemAsync(code, (name, value))).IsRefused("invalid_grant");

        (await client.RedeemAsync(code)).IsGranted();
    }

    [Fact]
    public async Task AS20_Replay_RevokesTheGrant()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);
        var first = (await client.RedeemAsync(code)).IsGranted();

        (await client.RedeemAsync(code)).IsRefused("invalid_grant");

        (await client.RefreshAsync(first.RefreshToken)).IsRefused("invalid_grant");
    }

    [Fact]
    public async Task AS20_UnmatchedReplay_HasNoEffect()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);
        var other = await OAuthClientDriver.RegisterAsync(host);
        var first = (await client.RedeemAsync(code)).IsGranted();

        (await other.RedeemAsync(code)).IsRefused("invalid_grant");
        (await client.RedeemAsync(code[..^4] + "AAAA")).IsRefused("invalid_grant");
        (await client.RedeemAsync(code, ("code_verifier", OtherVerifier))).IsRefused("invalid_grant");

        (await client.RefreshAsync(first.RefreshToken)).IsGranted();
    }

    [Fact]
    public async Task AS21_Code_IsItsClientsAlone()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);
        var other = await OAuthClientDriver.RegisterAsync(host);

        (await other.RedeemAsync(code)).IsRefused("invalid_grant");

        (await client.RedeemAsync(code)).IsGranted();
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task AS22_Code_LivesSixtySeconds(int seconds, bool isGranted)
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);

        host.Clock.Leap(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isGranted ? null : "invalid_grant", (await client.RedeemAsync(code)).Error);
    }

    [Fact]
    public async Task AS23_ParallelRedemptions_GiveOneToken()
    {
        await using var host = await SecurityHost.StartAsync(
            null, ("Smcp:Gateway:OAuth:ClientRequestsPerMinute", "0"));
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        for (var trial = 0; trial < 100; trial++)
        {
            var code = await client.ConsentAsync(user, host.ResourceOf("echo"));

            var answers = await Task.WhenAll(client.RedeemAsync(code), client.RedeemAsync(code));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.Single(answers, answer => answer.Error == "invalid_grant");
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task AS26_OtherBody_IsRefused(string contentType)
    {
        await using var host = await SecurityHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("grant_type=authorization_code&code=x"));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await TokenAnswer.OfAsync(await host.Client.PostAsync("/token", content));

        answer.IsRefused("invalid_request");
    }

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", "unsupported_grant_type")]
    [InlineData(null, "invalid_request")]
    public async Task AS27_OtherGrantType_IsRefused(string? type, string error)
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);

        (await client.RedeemAsync(code, ("grant_type", type))).IsRefused(error);
    }

    [Theory]
    [InlineData("not a uri")]
    [InlineData("{0}/t/default/s/echo/mcp#f")]
    [InlineData("{0}/t/default/s/other/mcp")]
    [InlineData("{0}/t/nobody/s/echo/mcp")]
    [InlineData("{0}/api/v1")]
    [InlineData("https://elsewhere.example/t/default/s/echo/mcp")]
    public async Task AS28_OtherResource_ConsumesNothing(string resource)
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);
        var other = string.Format(null, System.Text.CompositeFormat.Parse(resource), host.Issuer);

        (await client.RedeemAsync(code, ("resource", other))).IsRefused("invalid_target");

        var first = (await client.RedeemAsync(code)).IsGranted();
        (await client.RefreshAsync(first.RefreshToken, ("resource", other))).IsRefused("invalid_target");
        (await client.RefreshAsync(first.RefreshToken)).IsGranted();
    }

    [Fact]
    public async Task AS30_TwoResources_AreRefused()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);
        var one = host.ResourceOf("echo");

        (await client.RedeemAsync(code, ("resource", one), ("resource", one))).IsRefused("invalid_target");
        (await client.RedeemAsync(code, ("code", code), ("code", code))).IsRefused("invalid_request");

        (await client.RedeemAsync(code)).IsGranted();
    }

    [Fact]
    public async Task AS31_Resource_IsMeantHoweverItIsSpelled()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);
        var spelled = host.ResourceOf("echo").Replace("http://", "HTTP://", StringComparison.Ordinal) + "/";

        var answer = (await client.RedeemAsync(code, ("resource", spelled))).IsGranted();

        Assert.Equal(host.ResourceOf("echo"), (string?)AccessTokenText.ClaimsOf(answer.AccessToken)["aud"]);
    }

    [Fact]
    public async Task AS29_NoResource_GivesTheOneOfTheGrant()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);

        var claims = AccessTokenText.ClaimsOf((await client.RedeemAsync(code)).IsGranted().AccessToken);

        Assert.Equal(host.ResourceOf("echo"), (string?)claims["aud"]);
        Assert.Equal(host.Issuer, (string?)claims["iss"]);
        Assert.Equal("default", (string?)claims["tid"]);
        Assert.Equal(client.Id.ToString(), (string?)claims["client_id"]);
    }

    [Fact]
    public async Task AS32_Scope_IsReducedToTheRoles()
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host);
        var reader = await host.JoinAsync("reader", "read-only");
        var nobody = await host.JoinAsync("nobody");

        var code = await client.ConsentAsync(reader, host.ResourceOf("echo"), McpScopes.Read, McpScopes.Tools);
        Assert.Equal("mcp:read", (await client.RedeemAsync(code)).IsGranted().Scope);

        var useless = await client.ConsentAsync(nobody, host.ResourceOf("echo"), McpScopes.Tools);
        (await client.RedeemAsync(useless)).IsRefused("invalid_scope");
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task AS24_WrongSecret_IsRefused(string authentication)
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host, authentication);
        var user = await host.JoinAsync("alice", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("echo"));
        var isBasic = authentication == "client_secret_basic";

        var wrong = await AskAsync(client, code, isBasic, "wrong");
        wrong.IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.Equal(isBasic, wrong.Response.Headers.WwwAuthenticate.Any(c => c.Scheme == "Basic"));

        (await AskAsync(client, code, isBasic, client.Secret!)).IsGranted();
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("bm9jb2xvbg==")]
    [InlineData("YSVHRzpi")]
    public async Task AS24_MalformedBasic_IsRefused(string credential)
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, code) = await ConsentedAsync(host);

        var answer = await client.SendAsync(
            CodeForm(code), new AuthenticationHeaderValue("Basic", credential));

        answer.IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        Assert.Contains(answer.Response.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Basic");
    }

    [Fact]
    public async Task AS24_TwoMethods_AreRefused()
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host, "client_secret_post");

        var answer = await client.SendAsync(
            [.. CodeForm("x"), ("client_secret", client.Secret)],
            OAuthClientDriver.Basic(client.Id.ToString(), client.Secret!));

        answer.IsRefused("invalid_request");
    }

    [Fact]
    public async Task AS25_Method_IsTheRegisteredOne()
    {
        await using var host = await SecurityHost.StartAsync();
        var (open, code) = await ConsentedAsync(host);
        var secret = await OAuthClientDriver.RegisterAsync(host, "client_secret_post");

        (await open.RedeemAsync(code, ("client_secret", "any")))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await secret.RedeemAsync("x", ("client_secret", null)))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        (await open.RedeemAsync(code, ("client_id", "nobody")))
            .IsRefused("invalid_client", HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<(string, string?)> CodeForm(string code) =>
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", OAuthClientDriver.Verifier),
    ];

    private static Task<TokenAnswer> AskAsync(OAuthClientDriver client, string code, bool isBasic, string secret) =>
        isBasic
            ? client.SendAsync(CodeForm(code), OAuthClientDriver.Basic(client.Id.ToString(), secret))
            : client.RedeemAsync(code, ("client_secret", secret));

    private static async Task<(OAuthClientDriver Client, string Code)> ConsentedAsync(SecurityHost host)
    {
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        return (client, await client.ConsentAsync(user, host.ResourceOf("echo")));
    }
}
