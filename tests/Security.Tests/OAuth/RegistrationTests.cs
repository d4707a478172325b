using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth;

public sealed class RegistrationTests
{
    private const string Uris = "\"redirect_uris\":[\"http://127.0.0.1:3000/cb\"]";

    [Fact]
    public async Task AS40_Registration_MakesAClientOfOurNaming()
    {
        await using var host = await SecurityHost.StartAsync();

        using var response = await PostAsync(
            host, "{" + Uris + """, "client_id":"admin", "client_name":"Mine", "unknown":{"x":1}}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.StartsWith("dyn-", (string?)body["client_id"], StringComparison.Ordinal);
        Assert.Equal("Mine", (string?)body["client_name"]);
        Assert.Equal("client_secret_basic", (string?)body["token_endpoint_auth_method"]);
        Assert.NotNull(body["client_secret"]);
        Assert.Equal(0, (int?)body["client_secret_expires_at"]);
        Assert.Null(body["unknown"]);
    }

    [Theory]
    [InlineData("{}", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://example.com/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["javascript:alert(1)"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["data:text/html,x"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://a.example/cb#f"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://u@a.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":[" https://a.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["HTTPS://a.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://a.example/cb\n"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":"https://a.example/cb"}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","jwks":{"keys":[{"kty":"EC","d":"x"}]}}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","client_secret":"mine","token_endpoint_auth_method":"none"}""",
        "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","logo_uri":"javascript:alert(1)"}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","grant_types":["client_credentials"]}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","client_name":"turned\u202eround"}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + "," + Uris + "}", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","client_name":"\ud800"}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","scope":"mcp:tools \udc00"}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","grant_types":["\ud800"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/\ud800"]}""", "invalid_client_metadata")]
    [InlineData("{" + Uris + ""","\ud800":1}""", "invalid_client_metadata")]
    [InlineData("[]", "invalid_client_metadata")]
    [InlineData("nothing", "invalid_client_metadata")]
    public async Task AS41_Registration_IsRefused(string metadata, string error)
    {
        await using var host = await SecurityHost.StartAsync();

        using var response = await PostAsync(host, metadata);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["error"]);
    }

    [Fact]
    public async Task AS42_Flood_IsRefusedForAnHour()
    {
        await using var host = await SecurityHost.StartAsync(
            settings: ("Smcp:OAuth:Clients:RegistrationsPerAddress", "3"));
        for (var i = 0; i < 3; i++)
        {
            await OAuthClientDriver.RegisterAsync(host);
        }

        using var response = await PostAsync(host, "{" + Uris + "}");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);

        host.Clock.Leap(TimeSpan.FromHours(1));
        await OAuthClientDriver.RegisterAsync(host);
    }

    [Fact]
    public async Task AS42_Flood_IsRefusedWhereverItComesFrom()
    {
        await using var host = await SecurityHost.StartAsync(
            configure: null,
            ("Smcp:OAuth:Clients:RegistrationsMax", "2"),
            ("Smcp:Gateway:Network:Forwarding:KnownProxies:0", "127.0.0.1"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 1; i <= 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/register");
            request.Content = new StringContent("{" + Uris + "}", Encoding.UTF8, "application/json");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var response = await host.Client.SendAsync(request);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task AS42_UnusedClient_IsForgotten()
    {
        await using var host = await SecurityHost.StartAsync();
        var unused = await OAuthClientDriver.RegisterAsync(host);
        var used = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        host.Clock.Leap(TimeSpan.FromDays(60));
        await used.ConsentAsync(user, host.ResourceOf("echo"));

        host.Clock.Leap(TimeSpan.FromDays(31));

        Assert.Null(await FindAsync(host, unused.Id));
        Assert.NotNull(await FindAsync(host, used.Id));
    }

    [Theory]
    [InlineData("/token", true)]
    [InlineData("/register", true)]
    [InlineData("/.well-known/oauth-authorization-server", true)]
    [InlineData("/authorize", false)]
    public async Task AS53_Pages_AreNotForOtherOrigins(string path, bool isShared)
    {
        const string origin = "https://app.example";
        await using var host = await SecurityHost.StartAsync(
            settings: ("Smcp:Gateway:Network:AllowedOrigins:0", origin));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", origin);

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(isShared, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<OAuthClient?> FindAsync(SecurityHost host, ClientId client) =>
        (await host.Grains.Locate<IClientGrain>(ClientKey.Of(client)).DescribeAsync(client, default)).Client;

    private static Task<HttpResponseMessage> PostAsync(SecurityHost host, string metadata) =>
        host.Client.PostAsync("/register", new StringContent(metadata, Encoding.UTF8, "application/json"));
}
