using System.Net;
using Smcp.Protocol;

namespace Smcp;

/// <summary>
/// DNS rebinding and foreign pages: 2025-11-25 transports "Security Warning", and Fetch's CORS protocol for those pages
/// that may call.
/// </summary>
public sealed class HostAndOriginTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(
        null,
        ("PublicUrls:0", "https://mcp.example.com/base"),
        ("Network:AllowedHosts:0", "internal.example"),
        ("Network:AllowedOrigins:0", "https://app.example.com"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("localhost:8080", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.1:1", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("mcp.example.com", 200)]
    [InlineData("internal.example:99", 200)]
    [InlineData("evil.example.com", 403)]
    [InlineData("localhost.evil.example.com", 403)]
    [InlineData("10.0.0.1", 403)]
    [InlineData("127.0.0.1.evil.example.com:8080", 403)]
    public async Task Host_Is403_WhenItIsNotServed(string host, int expected)
    {
        var request = McpWire.Post(McpWire.Initialize("2025-11-25"));
        request.Headers.Host = host;

        Assert.Equal(expected, (await _host.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("http://localhost:6274", 200)]
    [InlineData("http://127.0.0.1:3000", 200)]
    [InlineData("http://[::1]:3000", 200)]
    [InlineData("https://localhost", 200)]
    [InlineData("https://mcp.example.com", 200)]
    [InlineData("https://app.example.com", 200)]
    [InlineData("http://app.example.com", 403)]
    [InlineData("https://app.example.com:444", 403)]
    [InlineData("http://evil.example.com", 403)]
    [InlineData("http://localhost.evil.example.com", 403)]
    [InlineData("http://evil.example.com/http://localhost", 403)]
    [InlineData("ftp://localhost", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    public async Task Origin_Is403WithAnErrorWithoutId_WhenItMayNotCall(string origin, int expected)
    {
        var (status, body) = await _host.SendAsync(
            McpWire.Post(McpWire.Initialize("2025-11-25"), ("Origin", origin)));

        Assert.Equal(expected, status);
        if (expected == 403)
        {
            Assert.Equal(McpErrorCodes.InvalidRequest, body.Code());
            Assert.False(body!.AsObject().ContainsKey("id"));
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Origin_IsChecked_WhateverTheMethod(string method)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), McpWire.Path);
        request.Headers.Add("Origin", "http://evil.example.com");
        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Page_MayReadItsSessionAndItsChallenge_WhenItMayCall()
    {
        using var response = await _host.Client.SendAsync(
            McpWire.Post(McpWire.Initialize("2025-11-25"), ("Origin", "https://app.example.com")));

        Assert.Equal("https://app.example.com", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("Origin", response.Headers.GetValues("Vary").Single());
        var exposed = response.Headers.GetValues("Access-Control-Expose-Headers").Single();
        Assert.Contains(McpHeaders.SessionId, exposed, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate", exposed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MayReadErrorsToo_WhenItMayCall()
    {
        using var response = await _host.Client.SendAsync(McpWire.Post("{", ("Origin", "https://app.example.com")));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_AllowsWhatClientsSend_WhenTheOriginMayCall()
    {
        var request = new HttpRequestMessage(HttpMethod.Options, McpWire.Path);
        request.Headers.Add("Origin", "http://localhost:6274");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type, mcp-param-region, x-other, mcp-param-(x)");
        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("DELETE", response.Headers.GetValues("Access-Control-Allow-Methods").Single(),
            StringComparison.Ordinal);
        var allowed = response.Headers.GetValues("Access-Control-Allow-Headers").Single().Split(", ");
        string[] needed =
        [
            "Accept", "Content-Type", "Authorization", "Last-Event-ID", McpHeaders.SessionId,
            McpHeaders.ProtocolVersion, McpHeaders.Method, McpHeaders.Name, "mcp-param-region",
        ];
        Assert.Empty(needed.Except(allowed));
        Assert.DoesNotContain("x-other", allowed);
        Assert.True(response.Headers.Contains("Access-Control-Max-Age"));
    }

    [Theory]
    [InlineData("abc-123", "abc-123")]
    [InlineData("with space", null)]
    [InlineData("", null)]
    public async Task CorrelationId_IsTheCallers_WhenItIsSafe(string offered, string? expected)
    {
        using var response = await _host.Client.SendAsync(
            McpWire.Post(McpWire.Initialize("2025-11-25"), ("X-Correlation-Id", offered)));

        var answered = response.Headers.GetValues("X-Correlation-Id").Single();
        Assert.Matches("^[!-~]{1,64}$", answered);
        Assert.Equal(expected ?? answered, answered);
        Assert.NotEqual(expected is null ? offered : null, answered);
    }
}
