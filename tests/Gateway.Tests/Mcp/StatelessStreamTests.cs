using System.Net;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>
/// Response streams of 2026-07-28: the status before the first byte, cancellation by disconnect, listening.
/// </summary>
public sealed class StatelessStreamTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayHost _host = null!;
    private FakeInstance _instance = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync(_clock, ("Mcp:StreamBufferBytesMax", "65536"));
        _instance = _host.Grains.Shared;
        _instance.Stream();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Stream_CarriesNotificationsThenTheAnswer_WhenTheCallStreams()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", """{"progress":1}"""));
        await SendAsync(FakeInstance.Result("""{"resultType":"complete"}"""));

        using var events = await SseClient.OpenAsync(_host, Call());

        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", events.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(
            new SseEvent(null, """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}}"""),
            await events.NextAsync("the notification"));
        Assert.Equal(
            new SseEvent(null, """{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete"}}"""),
            await events.NextAsync("the answer"));
        Assert.Null(await events.NextAsync("the end"));
    }

    [Theory]
    [InlineData(-32601, 404)]
    [InlineData(-32021, 400)]
    [InlineData(-32602, 200)]
    public async Task Status_IsTheErrors_WhenTheFirstFrameIsOne(int code, int expected)
    {
        await SendAsync(FakeInstance.Error($$"""{"code":{{code}},"message":"m"}"""));

        using var response = await _host.Client.SendAsync(Call());

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(Mcp.FaultReason.LimitExceeded, 429)]
    [InlineData(Mcp.FaultReason.Unavailable, 503)]
    public async Task Status_IsTheFaults_WhenTheFirstFrameRefuses(Mcp.FaultReason reason, int expected)
    {
        await SendAsync(Mcp.McpFrame.Refusal(new Mcp.McpFault(reason, "m")));

        using var response = await _host.Client.SendAsync(Call());

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(-32603, JsonNode.Parse(await response.Content.ReadAsStringAsync()).Code());
    }

    [Fact]
    public async Task Stream_EndsWithAnError_WhenTheTenantIsSuspended()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        using var events = await SseClient.OpenAsync(_host, Call());
        await events.NextAsync("the notification");
        _host.Grains.TenantStatus = Tenants.TenantStatus.Suspended;
        var error = events.NextAsync("the error");
        while (!error.IsCompleted)
        {
            // When the heartbeat was set is not known here.
            _clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        Assert.Equal(-32600, JsonNode.Parse((await error)!.Data).Code());
        Assert.Null(await events.NextAsync("the end"));
    }

    [Fact]
    public async Task Error_IsTheLastEvent_WhenItIsNotTheFirstFrame()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        await SendAsync(FakeInstance.Error("""{"code":-32601,"message":"m"}"""));

        using var events = await SseClient.OpenAsync(_host, Call());

        await events.NextAsync("the notification");
        Assert.Equal(-32601, (await events.NextAsync("the error"))!.Message.Code());
        Assert.Null(await events.NextAsync("the end"));
    }

    [Fact]
    public async Task Question_IsNeverSent_WhenTheRevisionHasNoneOnStreams()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        await SendAsync(new Mcp.McpFrame { Kind = Mcp.McpFrameKind.Question, Method = "roots/list", QuestionId = "q" });
        await SendAsync(FakeInstance.Result("{}"));

        using var events = await SseClient.OpenAsync(_host, Call());

        await events.NextAsync("the notification");
        Assert.NotNull((await events.NextAsync("the answer"))!.Message["result"]);
    }

    [Fact]
    public async Task Call_GetsADefiniteError_WhenItsFramesEndWithoutAnswer()
    {
        _instance.Frames.Writer.Complete();

        var (status, body) = await _host.SendAsync(Call());

        Assert.Equal((200, McpErrorCodes.InternalError), (status, body.Code()));
    }

    [Fact]
    public async Task Call_GetsADefiniteError_WhenItsFramesFail()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        _instance.Frames.Writer.Complete(new IOException("The node died."));

        using var events = await SseClient.OpenAsync(_host, Call());

        await events.NextAsync("the notification");
        Assert.Equal(McpErrorCodes.InternalError, (await events.NextAsync("the error"))!.Message.Code());
    }

    [Fact]
    public async Task Disconnect_CancelsTheCall_WhenTheClientGoes()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        var events = await SseClient.OpenAsync(_host, Call());
        await events.NextAsync("the notification");

        events.Dispose();

        await _instance.ReaderGone.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Reader_IsCutOffAndItsCallCancelled_WhenItTakesNothing()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        using var events = await SseClient.OpenAsync(_host, Call());
        await events.NextAsync("the first notification");

        // More than the sockets hold beside the buffer's own bound.
        var large = $$"""{"text":"{{new string('x', 100_000)}}"}""";
        for (var i = 0; i < 400 && !_instance.ReaderGone.IsCompleted; i++)
        {
            await SendAsync(FakeInstance.Notification("notifications/message", large));
        }

        await _instance.ReaderGone.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Stream_OpensAndIsKeptAlive_WhenNothingComesForAHeartbeat()
    {
        var opening = SseClient.OpenAsync(_host, Call());
        await _instance.Followed.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(15));
        _clock.Advance(TimeSpan.FromSeconds(15));
        using var events = await opening;

        _clock.Advance(TimeSpan.FromSeconds(15));

        await events.CommentAsync("a heartbeat");
    }

    [Fact]
    public async Task Listen_StaysOpenAndDelivers_WhenAcknowledged()
    {
        await SendAsync(FakeInstance.Notification("notifications/subscriptions/acknowledged", """{"a":1}"""));
        using var events = await SseClient.OpenAsync(_host, Listen());

        Assert.Equal("notifications/subscriptions/acknowledged",
            (string?)(await events.NextAsync("the acknowledgement"))!.Message["method"]);
        await SendAsync(FakeInstance.Notification("notifications/tools/list_changed", "{}"));
        Assert.Equal("notifications/tools/list_changed",
            (string?)(await events.NextAsync("the change"))!.Message["method"]);
    }

    [Fact]
    public async Task Listen_EndsWithItsResult_WhenTheGatewayStops()
    {
        await SendAsync(FakeInstance.Notification("notifications/subscriptions/acknowledged", "{}"));
        using var events = await SseClient.OpenAsync(_host, Listen());
        await events.NextAsync("the acknowledgement");

        var stopping = _host.StopAsync();

        Assert.Equal(
            """{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":1}}""",
            (await events.NextAsync("the result of listening"))!.Message["result"]!.ToJsonString());
        Assert.Null(await events.NextAsync("the end"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Call_EndsWithAnError_WhenItOutlivesTheStoppingGateway()
    {
        await SendAsync(FakeInstance.Notification("notifications/progress", "{}"));
        using var events = await SseClient.OpenAsync(_host, Call());
        await events.NextAsync("the notification");
        var error = events.NextAsync("the error");

        var stopping = _host.StopAsync();
        await _clock.WaitForTimerAsync(new McpOptions().DrainTimeout);
        _clock.Advance(new McpOptions().DrainTimeout);

        Assert.Equal(-32603, JsonNode.Parse((await error)!.Data).Code());
        Assert.Null(await events.NextAsync("the end"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    private static HttpRequestMessage Call() => McpWire.Stateless("tools/call", """{"name":"slow"}""");

    private static HttpRequestMessage Listen() =>
        McpWire.Stateless("subscriptions/listen", """{"notifications":{"toolsListChanged":true}}""");

    private ValueTask SendAsync(Mcp.McpFrame frame) => _instance.Frames.Writer.WriteAsync(frame);
}
