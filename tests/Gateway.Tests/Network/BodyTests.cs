using System.Net;
using System.Text;
using Smcp.Protocol;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>Bodies that are too large, too slow, malformed, or that mean to be two requests.</summary>
public sealed class BodyTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await GatewayHost.StartAsync(_clock, ("Network:BodyBytesMax", "2048"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 413)]
    public async Task Body_Is413_WhenItIsLargerThanTheLimit(int length, int expected)
    {
        var body = McpWire.Initialize("2025-11-25");

        Assert.Equal(expected, (await _host.SendAsync(McpWire.Post(body.PadRight(length)))).Status);
    }

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 413)]
    public async Task Body_Is413_WhenItsLengthIsNotSaidAndItIsLarger(int length, int expected)
    {
        var request = McpWire.Post(McpWire.Initialize("2025-11-25").PadRight(length));
        request.Headers.TransferEncodingChunked = true;

        var (status, body) = await _host.SendAsync(request);

        Assert.Equal(expected, status);
        Assert.Equal(expected == 413 ? McpErrorCodes.InvalidRequest : null, (int?)body!["error"]?["code"]);
    }

    [Theory]
    [InlineData("", McpErrorCodes.ParseError)]
    [InlineData("{", McpErrorCodes.ParseError)]
    [InlineData("nonsense", McpErrorCodes.ParseError)]
    [InlineData("null", McpErrorCodes.InvalidRequest)]
    [InlineData("{}", McpErrorCodes.InvalidRequest)]
    [InlineData("[]", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}", McpErrorCodes.InvalidParams)]
    public async Task Body_Is400WithItsCode_WhenItIsNoMessage(string body, int code)
    {
        var answer = await _host.SendAsync(McpWire.Post(body));

        Assert.Equal((400, code), (answer.Status, answer.Body.Code()));
    }

    [Fact]
    public async Task Body_Is400_WhenItIsNotUtf8()
    {
        var request = McpWire.Post("x");
        request.Content = new ByteArrayContent([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, 0xFF, .. "\"}"u8]);
        request.Content.Headers.ContentType = new("application/json");

        var (status, body) = await _host.SendAsync(request);

        Assert.Equal((400, McpErrorCodes.ParseError), (status, body.Code()));
    }

    [Fact]
    public async Task Body_IsOneMessage_WhenItArrivesInPieces()
    {
        using var socket = await RawSocket.ConnectAsync(_host);
        var body = McpWire.Initialize("2025-11-25");
        await socket.SendAsync(Head($"Content-Length: {body.Length}\r\nConnection: close"));
        foreach (var piece in body.Chunk(7))
        {
            await socket.SendAsync(new string(piece));
        }

        Assert.StartsWith("HTTP/1.1 200", await socket.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_Is408_WhenItDoesNotArriveInTime()
    {
        using var socket = await RawSocket.ConnectAsync(_host);
        await socket.SendAsync(Head("Content-Length: 100\r\nConnection: close") + "{\"jsonrpc\"");
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.StartsWith("HTTP/1.1 408", await socket.ReadToEndAsync(), StringComparison.Ordinal);
    }

    // Each hides a second request from one of two readers of the same bytes (RFC 9112 sections 6.1, 7.1.1, 11.2).
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5",
        "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked",
        "2;\nxx\r\n2\r\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked",
        "2;a=b\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "2\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked",
        "0x2\r\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "-2\r\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked",
        "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 40", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: +2", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: -2", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 0x2", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 2,2", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 2 2", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: ", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 92233720368547758082", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 18446744073709551618000000000000002",
        "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Content-Length: 2x", "{}GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity", "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked", "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task Framing_IsRefusedAndClosesTheConnection_WhenItIsAmbiguous(string framing, string body)
    {
        using var socket = await RawSocket.ConnectAsync(_host);
        await socket.SendAsync(Head(framing) + body);

        var answers = await socket.ReadToEndAsync();

        Assert.Matches("^HTTP/1.1 (400|411|501) ", answers);
        Assert.Single(answers.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Headers_AreRefused_WhenThereAreMoreThanTheLimit()
    {
        using var socket = await RawSocket.ConnectAsync(_host);
        var many = new StringBuilder("Content-Length: 0");
        for (var i = 0; i < 70; i++)
        {
            many.Append("\r\nX-").Append(i).Append(": 1");
        }

        await socket.SendAsync(Head(many.ToString()));

        Assert.StartsWith("HTTP/1.1 431", await socket.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_Are503_WhenAsManyAreInWorkAsMayBe()
    {
        await using var host = await GatewayHost.StartAsync(null, ("Network:RequestsInFlightMax", "1"));
        var (_, headers) = await host.OpenSessionAsync("2025-11-25");
        using var open = await SseClient.OpenAsync(host, McpWire.Get(headers));
        await open.NextAsync("the priming event");

        using var refused = await host.Client.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private static string Head(string headers) =>
        $"POST {McpWire.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + $"Accept: application/json, text/event-stream\r\n{headers}\r\n\r\n";
}
