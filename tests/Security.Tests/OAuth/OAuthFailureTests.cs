using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Smcp.OAuth;

/// <summary>What is said where an endpoint of the authorization server fails as nobody foresaw.</summary>
public sealed class OAuthFailureTests
{
    private const string Path = "/broken";

    private static readonly (string, string)[] Strict =
    [
        ("Smcp:Gateway:Limits:LimitLoopback", "true"),
        ("Smcp:Gateway:Limits:AddressBurst", "20"),
        ("Smcp:Gateway:Limits:FailedAuthenticationCost", "20"),
    ];

    [Fact]
    public async Task Bug_IsAnsweredAsAnErrorOfOAuth()
    {
        await using var host = await StartAsync();

        using var answer = await host.Client.GetAsync(Path);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("server_error", (string?)JsonNode.Parse(text)!["error"]);
        Assert.DoesNotContain("inside", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.TooManyRequests)]
    [InlineData("GET", HttpStatusCode.InternalServerError)]
    public async Task Bug_IsPaidForLikeAWrongCredential_WhereOneWasSent(string method, HttpStatusCode next)
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), Path);

        using var first = await host.Client.SendAsync(request);
        using var second = await host.Client.GetAsync(Path);

        Assert.Equal((HttpStatusCode.InternalServerError, next), (first.StatusCode, second.StatusCode));
    }

    private static Task<SecurityHost> StartAsync() =>
        SecurityHost.StartAsync(services => services.AddSingleton<IOAuthEndpoint, Broken>(), Strict);

    private sealed class Broken : IOAuthEndpoint
    {
        public bool Accepts(string path) => path == Path;

        public Task HandleAsync(HttpContext context) => throw new FormatException("inside");
    }
}
