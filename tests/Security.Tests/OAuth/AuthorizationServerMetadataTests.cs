using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Smcp.OAuth;

public sealed class AuthorizationServerMetadataTests
{
    private const string Path = "/.well-known/oauth-authorization-server";

    [Theory]
    [InlineData(Path)]
    [InlineData("/.well-known/openid-configuration")]
    public async Task AS01_Metadata_NamesItsEndpoints(string path)
    {
        await using var host = await SecurityHost.StartAsync();

        using var response = await host.Client.GetAsync(path);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(host.Issuer, (string?)body["issuer"]);
        Assert.Equal(host.Issuer + "/authorize", (string?)body["authorization_endpoint"]);
        Assert.Equal(host.Issuer + "/token", (string?)body["token_endpoint"]);
        Assert.Equal(host.Issuer + "/register", (string?)body["registration_endpoint"]);
        Assert.Equal(host.Issuer + "/revoke", (string?)body["revocation_endpoint"]);
        Assert.Equal(host.Issuer + "/jwks", (string?)body["jwks_uri"]);
        Assert.Equal(["code"], Texts(body, "response_types_supported"));
        Assert.Equal(["S256"], Texts(body, "code_challenge_methods_supported"));
        Assert.Contains("none", Texts(body, "token_endpoint_auth_methods_supported"));
        Assert.Contains("refresh_token", Texts(body, "grant_types_supported"));
        Assert.Equal(["mcp:read", "mcp:tools", "mcp:admin"], Texts(body, "scopes_supported"));
    }

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server/t/default/s/echo/mcp")]
    [InlineData("/.well-known/openid-configuration/t/default/s/echo/mcp")]
    [InlineData("/t/default/s/echo/mcp/.well-known/openid-configuration")]
    public async Task AS02_MetadataOfAPath_IsNotThere(string path)
    {
        await using var host = await SecurityHost.StartAsync();

        using var response = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task AS03_Metadata_IsNotPoisonedByTheHostOfARequest()
    {
        await using var host = await SecurityHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Host = "evil.example" } };

        using var response = await host.Client.SendAsync(request);

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.DoesNotContain("evil.example", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AS04_Metadata_SaysThatDocumentsAreClients()
    {
        await using var host = await SecurityHost.StartAsync();

        var body = (await host.Client.GetFromJsonAsync<JsonObject>(Path))!;

        Assert.True((bool?)body["client_id_metadata_document_supported"]);
    }

    [Fact]
    public async Task AS05_Metadata_SaysThatTheIssuerIsNamed()
    {
        await using var host = await SecurityHost.StartAsync();

        var body = (await host.Client.GetFromJsonAsync<JsonObject>(Path))!;

        Assert.True((bool?)body["authorization_response_iss_parameter_supported"]);
    }

    [Fact]
    public async Task AS54_Endpoints_AreRefusedInClearFromAnotherMachine()
    {
        await using var host = await SecurityHost.StartAsync(
            settings: ("Smcp:Gateway:Network:Forwarding:KnownProxies:0", "127.0.0.1"));
        foreach (var path in new[] { Path, "/token", "/register", "/revoke", "/jwks" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "http");

            using var response = await host.Client.SendAsync(request);

            Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
            Assert.Null(response.Headers.Location);
        }
    }

    [Fact]
    public async Task AS57_Jwks_HoldsPublicKeysOnly()
    {
        await using var host = await SecurityHost.StartAsync();

        using var response = await host.Client.GetAsync("/jwks");

        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        var key = Assert.Single(body["keys"]!.AsArray())!.AsObject();
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.Select(p => p.Key).Order());
        Assert.Equal(("ES256", "sig"), ((string?)key["alg"], (string?)key["use"]));
        Assert.Equal(TimeSpan.FromMinutes(10), response.Headers.CacheControl?.MaxAge);
    }

    internal static IEnumerable<string?> Texts(JsonObject body, string name) =>
        body[name]!.AsArray().Select(node => (string?)node);
}
