using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.OpenApi;

namespace Smcp.OpenApi;

/// <summary>An API's description as a server: over HTTP on both sides, by the official client of each era.</summary>
public sealed class OpenApiServerTests : IAsyncLifetime
{
    private const string Secret = "canary/secret+value";

    private const string Description = """
        {
          "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
          "servers": [{"url": "https://api.example.org"}],
          "security": [{"key": []}],
          "paths": {
            "/v1/pets/{id}": {
              "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "X-Api-Key", "in": "header", "schema": {"type": "string"}}],
              "get": {"operationId": "getPet", "responses": {"200": {"content": {"application/json": {
                "schema": {"type": "object", "properties": {"target": {"type": "string"}}}}}}}},
              "put": {"operationId": "putPet", "responses": {},
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}},
              "delete": {"operationId": "endPet", "responses": {"204": {}}}},
            "/v1/list": {"get": {"operationId": "list", "responses": {"200": {"content": {"application/json": {
              "schema": {"type": "object"}}}}}}},
            "/v1/slow": {"get": {"operationId": "slow", "responses": {}}},
            "/v1/flaky": {"get": {"operationId": "readFlaky", "responses": {}},
              "post": {"operationId": "writeFlaky", "responses": {}}},
            "/v1/broken": {"get": {"operationId": "broken", "responses": {}}},
            "/v1/big": {"get": {"operationId": "big", "responses": {}}},
            "/v1/redirect": {"get": {"operationId": "redirect", "responses": {}}},
            "/v1/orders": {"get": {"operationId": "orders", "responses": {}, "security": [{"client": []}]}},
            "/v1/query": {"get": {"operationId": "inQuery", "responses": {},
              "security": [{"query": [], "cookie": []}]}},
            "/v1/basic": {"get": {"operationId": "basic", "responses": {}, "security": [{"basic": []}]}}
          },
          "components": {"securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
            "query": {"type": "apiKey", "in": "query", "name": "key"},
            "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
            "basic": {"type": "http", "scheme": "basic"},
            "client": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://id.example.org/token"}}}}}
        }
        """;

    private ApiSite _site = null!;

    /// <summary>Both eras.</summary>
    public static TheoryData<string> Revisions => ["2025-11-25", "2026-07-28"];

    public async Task InitializeAsync()
    {
        _site = await ApiSite.StartAsync();
        await ServeAsync(_site);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task Operation_IsCalled_WithTheTenantsCredentialAndNeverTheClients(string revision)
    {
        var (client, key) = await _site.ConnectAsync(revision);
        await using var _ = client;

        var tool = Assert.Single(await client.ListToolsAsync(), tool => tool.Name == "getPet");
        Assert.Equal(["id", "tags"], tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        var read = await CallAsync(client, "getPet", """{"id": "a b/c", "tags": ["x", "y&z"]}""");

        Assert.Equal(
            "/v1/pets/a%20b%2Fc?tags=x&tags=y%26z", read.StructuredContent!.Value.GetProperty("target").GetString());
        var asked = Assert.Single(_site.Api.Seen);
        Assert.Equal(Secret, asked.Headers["X-Api-Key"]);
        Assert.DoesNotContain(key, string.Join('\n', asked.Headers.Values), StringComparison.Ordinal);
        var put = await CallAsync(client, "putPet", """{"id": "1", "body": {"n": 1.10}}""");
        Assert.Contains("1.10", TextOf(put), StringComparison.Ordinal);
        Assert.Equal("HTTP 204", TextOf(await CallAsync(client, "endPet", """{"id": "1"}""")));
    }

    [Fact]
    public async Task Secret_IsInNoResult_AndInNoLog()
    {
        var (client, _) = await _site.ConnectAsync("2026-07-28");
        await using var __ = client;

        var said = new List<string>();
        foreach (var tool in new[] { "inQuery", "basic", "orders", "broken", "redirect", "list" })
        {
            said.Add(TextOf(await CallAsync(client, tool)));
        }

        said.Add(TextOf(await CallAsync(client, "getPet", """{"id": "1"}""")));
        var asked = _site.Api.Seen.ToList();
        var encoded = Uri.EscapeDataString(Secret);
        Assert.Contains(asked, one => one.Target.EndsWith($"key={encoded}", StringComparison.Ordinal));
        Assert.Contains(asked, one => one.Headers.GetValueOrDefault("Cookie") == $"session={encoded}");
        var pair = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"ann:{Secret}"));
        Assert.Contains(asked, one => one.Headers.GetValueOrDefault("Authorization") == $"Basic {pair}");
        var all = string.Join('\n', said);
        Assert.Contains("[secret]", all, StringComparison.Ordinal);
        foreach (var form in new[] { Secret, encoded, pair, _site.Api.Token })
        {
            Assert.DoesNotContain(form, all, StringComparison.Ordinal);
            Assert.False(_site.Log.Holds(form));
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../token")]
    [InlineData("%2e%2e%2f%2e%2e%2ftoken")]
    [InlineData("..\\\\token")]
    [InlineData("")]
    public async Task Path_IsNotLeft_WhateverAnArgumentSays(string id)
    {
        var (client, _) = await _site.ConnectAsync("2025-11-25");
        await using var __ = client;

        var result = await CallAsync(client, "getPet", $$"""{"id": "{{id}}"}""");

        Assert.True(result.IsError);
        Assert.Contains("Nothing was run.", TextOf(result), StringComparison.Ordinal);
        Assert.Empty(_site.Api.Seen);
    }

    [Fact]
    public async Task Refusal_IsAResult_OfBoundedText()
    {
        var (client, _) = await _site.ConnectAsync("2026-07-28");
        await using var __ = client;

        var broken = await CallAsync(client, "broken");
        Assert.True(broken.IsError);
        Assert.StartsWith("HTTP 418\n[secret] ttt", TextOf(broken), StringComparison.Ordinal);
        Assert.InRange(TextOf(broken).Length, 1_000, 2_100);
        Assert.Contains("more than 1048576 bytes", TextOf(await CallAsync(client, "big")), StringComparison.Ordinal);
        Assert.Equal("HTTP 302", TextOf(await CallAsync(client, "redirect")));
        var other = await CallAsync(client, "list");
        Assert.True(other.IsError);
        Assert.Contains("otherwise than its description says", TextOf(other), StringComparison.Ordinal);
        var more = await CallAsync(client, "slow", """{"more": 1}""");
        Assert.Contains("'more' is no argument", TextOf(more), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_IsAskedAgain_OnlyWhereThatChangesNothing()
    {
        var (client, _) = await _site.ConnectAsync("2026-07-28");
        await using var __ = client;

        Assert.NotEqual(true, (await CallAsync(client, "readFlaky")).IsError);
        Assert.Equal(2, _site.Api.Seen.Count);
        Assert.Equal("HTTP 503\nlater", TextOf(await CallAsync(client, "writeFlaky")));
        Assert.Equal(3, _site.Api.Seen.Count);
    }

    [Fact]
    public async Task Token_IsAskedForOnce_AndAnewWhenItIsRefused()
    {
        var (client, _) = await _site.ConnectAsync("2025-11-25");
        await using var __ = client;

        Assert.NotEqual(true, (await CallAsync(client, "orders")).IsError);
        Assert.NotEqual(true, (await CallAsync(client, "orders")).IsError);
        Assert.Equal(1, _site.Api.Tokens);
        var asked = _site.Api.Seen.First();
        Assert.Equal("grant_type=client_credentials&scope=read+write", asked.Body);
        var pair = $"client:{Uri.EscapeDataString(Secret)}";
        Assert.Equal(
            "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair)),
            asked.Headers["Authorization"]);
        _site.Api.Token = "token-number-2";
        Assert.NotEqual(true, (await CallAsync(client, "orders")).IsError);
        Assert.Equal(2, _site.Api.Tokens);
    }

    [Fact]
    public async Task Cancellation_EndsTheRequest()
    {
        var (client, _) = await _site.ConnectAsync("2026-07-28");
        await using var __ = client;
        using var cancellation = new CancellationTokenSource();

        var call = client.CallToolAsync("slow", cancellationToken: cancellation.Token).AsTask();
        await _site.Api.Began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _site.Api.LetGo.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Call_Ends_WhenTheApiTakesTooLong()
    {
        await using var site = await ApiSite.StartAsync(configure: services =>
            services.Configure<OpenApiRuntimeOptions>(options => options.CallTimeout = TimeSpan.FromMilliseconds(300)));
        await ServeAsync(site);
        var (client, _) = await site.ConnectAsync("2026-07-28");
        await using var __ = client;

        Assert.Equal("The API did not answer in time.", TextOf(await CallAsync(client, "slow")));
        await site.Api.LetGo.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Credential_IsMissed_WhereItIsNotGranted()
    {
        await using var site = await ApiSite.StartAsync();
        await ServeAsync(site, grants: false);
        var (client, _) = await site.ConnectAsync("2026-07-28");
        await using var __ = client;

        var result = await CallAsync(client, "getPet", """{"id": "1"}""");

        Assert.True(result.IsError);
        Assert.Contains("not granted", TextOf(result), StringComparison.Ordinal);
        Assert.Empty(site.Api.Seen);
    }

    [Fact]
    public async Task Address_OfThisNetwork_IsNotReached()
    {
        await using var site = await ApiSite.StartAsync(allowsLoopback: false);
        await ServeAsync(site);
        var (client, _) = await site.ConnectAsync("2026-07-28");
        await using var __ = client;

        var result = await CallAsync(client, "getPet", """{"id": "1"}""");
        var token = await CallAsync(client, "orders");

        Assert.True(result.IsError);
        Assert.Contains("may not be reached", TextOf(result), StringComparison.Ordinal);
        Assert.True(token.IsError);
        Assert.Empty(site.Api.Seen);
    }

    [Fact]
    public async Task Description_ThatCannotBeServed_IsRefusedWithWords()
    {
        var (status, body) = await _site.UploadAsync(Description, new JsonObject());
        Assert.Equal(400, status);
        Assert.Contains(
            "(and 9 more) needs a credential: set /openapi/auth/key",
            (string?)body["detail"],
            StringComparison.Ordinal);

        var headers = new JsonObject { ["X-Api-Key"] = "API_KEY" };
        (status, body) = await _site.UploadAsync(Description, new JsonObject { ["secretHeaders"] = headers });
        Assert.Equal(400, status);
        Assert.Contains("leads to api.example.org:443", (string?)body["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OurOwnDescription_IsAServer()
    {
        var host = _site.Deploy.Site.Host;
        var description = await host.Client.GetStringAsync("/api/v1/openapi.json");
        host.Services.GetRequiredService<IOptions<EgressProxyOptions>>().Value
            .InternalPlaces.Add($"127.0.0.1:{host.Url.Port}");
        await _site.GrantAsync("ADMIN_KEY", _site.Deploy.Admin);
        await _site.ServeAsync(description, new JsonObject
        {
            ["url"] = new Uri(host.Url, "/api/v1").ToString(),
            ["auth"] = new JsonObject { ["bearer"] = new JsonObject { ["secret"] = "ADMIN_KEY" } },
        });
        var (client, _) = await _site.ConnectAsync("2026-07-28");
        await using var __ = client;

        var paths = JsonNode.Parse(description)!["paths"]!.AsObject();
        Assert.Equal(paths.Sum(path => path.Value!.AsObject().Count), (await client.ListToolsAsync()).Count);
        var listed = await CallAsync(client, "listServers", """{"tenant": "acme"}""");
        Assert.NotEqual(true, listed.IsError);
        Assert.Contains("\"tools\"", listed.StructuredContent!.Value.GetRawText(), StringComparison.Ordinal);
        var made = await CallAsync(
            client, "putSecret", """{"tenant": "acme", "secret": "OTHER", "body": {"value": "v"}}""");
        Assert.True(made.IsError is not true, TextOf(made));
        var refused = await CallAsync(client, "listServers", """{"tenant": "default"}""");
        Assert.True(refused.IsError);
        Assert.StartsWith("HTTP 40", TextOf(refused), StringComparison.Ordinal);
    }

    private static async Task ServeAsync(ApiSite site, bool grants = true)
    {
        var url = site.Api.Url.ToString().TrimEnd('/');
        await site.ServeAsync(Description, JsonNode.Parse("""
            {"url": "URL", "auth": {
              "key": {"secret": "API_KEY"}, "query": {"secret": "API_KEY"}, "cookie": {"secret": "API_KEY"},
              "basic": {"user": "ann", "secret": "API_KEY"},
              "client": {"clientId": "client", "secret": "API_KEY", "tokenUrl": "URL/token",
                "scopes": ["read", "write"]}}}
            """.Replace("URL", url, StringComparison.Ordinal))!.AsObject());
        if (grants)
        {
            await site.GrantAsync("API_KEY", Secret);
        }
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments = "{}") =>
        await client.CallToolAsync(tool, JsonNode.Parse(arguments)!.AsObject().ToDictionary(
            argument => argument.Key, argument => (object?)argument.Value));

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(result.Content[0]).Text;
}
