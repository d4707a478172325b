using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Remote;

public sealed class ResilientHandlerTests
{
    private static readonly HttpRequestException NoConnection = new(HttpRequestError.ConnectionError);
    private static readonly HttpRequestException Broken = new(HttpRequestError.ResponseEnded);

    [Fact]
    public async Task Request_IsTriedAgain_WhenItDidNotLeave()
    {
        var server = new FlakyServer(NoConnection, NoConnection);

        var response = await SendAsync(server, changesNothing: false);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task Request_IsNeverTriedAgain_WhenItMayHaveRun()
    {
        var server = new FlakyServer(Broken);

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(server, changesNothing: false));

        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Request_IsTriedAgain_WhenItChangesNothing()
    {
        var server = new FlakyServer(Broken);

        await SendAsync(server, changesNothing: true);

        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Server_IsAskedNoMore_WhenItFailsTooOften()
    {
        var server = new FlakyServer([.. Enumerable.Repeat(Broken, 100)]);
        using var invoker = Invoker(server);
        HttpRequestException? last = null;
        for (var i = 0; i < 20; i++)
        {
            last = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(invoker, changesNothing: false));
        }

        Assert.Equal(HttpRequestError.ConnectionError, last!.HttpRequestError);
        Assert.InRange(server.Requests, 4, 10);
    }

    private static async Task<HttpResponseMessage> SendAsync(FlakyServer server, bool changesNothing)
    {
        using var invoker = Invoker(server);
        return await SendAsync(invoker, changesNothing);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, bool changesNothing)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://upstream.test/mcp");
        request.Options.Set(HttpMessages.ChangesNothing, changesNothing);
        return await invoker.SendAsync(request, CancellationToken.None);
    }

    private static HttpMessageInvoker Invoker(FlakyServer server)
    {
        var options = new RemoteRuntimeOptions { RetryDelay = TimeSpan.FromMilliseconds(10), BreakRequestsMin = 4 };
        return new HttpMessageInvoker(
            new ResilientHandler(server, "default/s", options, TimeProvider.System, NullLogger.Instance));
    }

    /// <summary>Fails as it was told to, then answers.</summary>
    private sealed class FlakyServer(params Exception[] failures) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            ++Requests <= failures.Length
                ? Task.FromException<HttpResponseMessage>(failures[Requests - 1])
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
