using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth;

/// <summary>Access tokens at a server: RS24, and how soon what was taken away is felt.</summary>
public sealed class AccessTokenTests
{
    private const string Path = "/t/default/s/echo/mcp";
    private static readonly TimeSpan Felt = TimeSpan.FromSeconds(2.1);

    [Fact]
    public async Task RS24_Token_IsTaken()
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);

        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));
    }

    [Theory]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "http://127.0.0.1/t/default/s/other/mcp")]
    [InlineData("tid", "other")]
    [InlineData("sub", "user:somebody")]
    [InlineData("gid", "aaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("exp", null)]
    [InlineData("jti", null)]
    [InlineData("client_id", null)]
    public async Task RS24_OtherClaim_IsRefusedThoughSigned(string name, string? value)
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);
        var claims = AccessTokenText.ClaimsOf(token);
        claims[name] = value;

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, await SignAsync(host, claims)));
    }

    /// <summary>Another server of the tenant, another tenant, the administration.</summary>
    [Theory]
    [InlineData("/t/default/s/other/mcp")]
    [InlineData("/t/other/s/notes/mcp")]
    [InlineData("/api/v1/tenants")]
    public async Task RS03_TokenForAnother_IsRefusedBeforeAnythingIsAsked(string path)
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);

        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token, path));
    }

    [Fact]
    public async Task RS24_TwoAudiences_AreRefused()
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);
        var claims = AccessTokenText.ClaimsOf(token);
        claims["aud"] = new JsonArray(host.ResourceOf("echo"));

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, await SignAsync(host, claims)));
    }

    [Theory]
    [InlineData("iat", 61)]
    [InlineData("nbf", 61)]
    [InlineData("exp", -60)]
    public async Task RS24_OtherTime_IsRefused(string name, int seconds)
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);
        var claims = AccessTokenText.ClaimsOf(token);
        claims[name] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, await SignAsync(host, claims)));
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("typ", "JWT")]
    [InlineData("kid", "unknown")]
    [InlineData("jku", "https://evil.example/jwks")]
    public async Task RS24_OtherHeader_IsRefused(string name, string value)
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);
        var header = AccessTokenText.HeaderOf(token);
        header[name] = value;
        var parts = token.Split('.');

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await CallAsync(host, $"{AccessTokenText.Encode(header)}.{parts[1]}.{parts[2]}"));
    }

    [Fact]
    public async Task RS24_OwnKey_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var input = token[..token.LastIndexOf('.')];
        var signature = own.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);

        Assert.Equal(
            HttpStatusCode.Unauthorized, await CallAsync(host, $"{input}.{Base64Url.EncodeToString(signature)}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, $"{input}."));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token + "="));
    }

    [Fact]
    public async Task RS24_Token_EndsByItself()
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);

        host.Clock.Leap(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(59));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));

        host.Clock.Leap(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token));
    }

    [Fact]
    public async Task AS38_RevokedAccessToken_IsRefusedInTwoSeconds()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token) = await GrantedAsync(host);
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));

        Assert.Equal(HttpStatusCode.OK, await client.RevokeAsync(token));
        host.Clock.Leap(Felt);

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token));
    }

    [Fact]
    public async Task AS39_AnothersAccessToken_StaysValid()
    {
        await using var host = await SecurityHost.StartAsync();
        var (_, token) = await GrantedAsync(host);
        var other = await OAuthClientDriver.RegisterAsync(host);

        Assert.Equal(HttpStatusCode.OK, await other.RevokeAsync(token));
        host.Clock.Leap(Felt);

        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));
    }

    [Fact]
    public async Task RS02_DisabledUser_IsRefusedInTwoSeconds()
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("echo"));
        var token = (await client.RedeemAsync(code)).IsGranted().AccessToken;
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));

        await host.User(user).SetEnabledAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"), enabled: false, default);
        host.Clock.Leap(Felt);

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token));
    }

    [Fact]
    public async Task AS20_ReplayedCode_TakesTheAccessTokenToo()
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("echo"));
        var token = (await client.RedeemAsync(code)).IsGranted().AccessToken;

        (await client.RedeemAsync(code)).IsRefused("invalid_grant");
        host.Clock.Leap(Felt);

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token));
    }

    [Fact]
    public async Task AS57_Keys_RotateOnLine()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token) = await GrantedAsync(host);
        var first = (string)AccessTokenText.HeaderOf(token)["kid"]!;

        host.Clock.Leap(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(14));
        Assert.Equal(2, await KeysAsync(host));
        var before = await TokenAsync(host, client);
        Assert.Equal(first, (string?)AccessTokenText.HeaderOf(before)["kid"]);

        host.Clock.Leap(TimeSpan.FromMinutes(15));
        var after = await TokenAsync(host, client);
        Assert.NotEqual(first, (string?)AccessTokenText.HeaderOf(after)["kid"]);
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, after));

        host.Clock.Leap(TimeSpan.FromMinutes(75));
        Assert.Equal(1, await KeysAsync(host));
    }

    [Fact]
    public async Task AS57_RevokedKey_VoidsItsTokens()
    {
        await using var host = await SecurityHost.StartAsync();
        var (client, token) = await GrantedAsync(host);
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, token));
        var keys = host.Grains.Locate<ISigningKeysGrain>(ISigningKeysGrain.Key);
        var keyId = (string)AccessTokenText.HeaderOf(token)["kid"]!;

        Assert.False(await keys.RevokeAsync(SecurityHost.ContextOf("user:a", "admin.*:*"), keyId, default));
        Assert.True(await keys.RevokeAsync(SecurityHost.ContextOf("user:o", "platform.*:*"), keyId, default));
        host.Clock.Leap(TimeSpan.FromSeconds(5.1));

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(host, token));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync(host, await TokenAsync(host, client)));
    }

    private static async Task<int> KeysAsync(SecurityHost host) =>
        JsonNode.Parse(await host.Client.GetStringAsync("/jwks"))!["keys"]!.AsArray().Count;

    private static async Task<string> SignAsync(SecurityHost host, JsonObject claims) =>
        await host.Grains.Locate<ISigningKeysGrain>(ISigningKeysGrain.Key).SignAsync(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(claims), default);

    private static async Task<string> TokenAsync(SecurityHost host, OAuthClientDriver client)
    {
        var user = await host.JoinAsync($"user{host.Clock.GetTimestamp()}", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("echo"));
        return (await client.RedeemAsync(code)).IsGranted().AccessToken;
    }

    private static async Task<(OAuthClientDriver Client, string Token)> GrantedAsync(SecurityHost host)
    {
        var client = await OAuthClientDriver.RegisterAsync(host);
        return (client, await TokenAsync(host, client));
    }

    /// <summary>The status of a call to a server that is not there: 401 for who may not ask.</summary>
    private static async Task<HttpStatusCode> CallAsync(SecurityHost host, string token, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"ping"}""", Encoding.UTF8, "application/json");
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }
}
