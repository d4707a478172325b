using System.Net;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>SSE of the revisions with sessions: POST streams, GET streams, resumption, heartbeats, ends.</summary>
public sealed class SessionStreamTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(_clock);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task PostStream_CarriesWhatIsLogged_WhenTheBellRings()
    {
        var (session, headers) = await OpenAsync();
        var stream = Streaming(session);
        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", events.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.True(events.Response.Headers.CacheControl!.NoStore);
        Assert.Equal(new SseEvent("1-0", ""), await events.NextAsync("the priming event"));
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","method":"notifications/progress"}""");
        Assert.Equal("1-1", (await events.NextAsync("the notification"))!.Id);
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""", last: true);
        Assert.Equal("1-2", (await events.NextAsync("the answer"))!.Id);
        Assert.Null(await events.NextAsync("the end"));
    }

    [Fact]
    public async Task PostStream_CarriesEveryEventOnce_WhenPagesAreSmallerThanTheLog()
    {
        var (session, headers) = await OpenAsync();
        var stream = Streaming(session);
        for (var i = 0; i < 7; i++)
        {
            await session.AppendAsync(stream, $$"""{"i":{{i}}}""", last: i == 6);
        }

        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        await events.NextAsync("the priming event");

        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(new SseEvent($"1-{i + 1}", $$"""{"i":{{i}}}"""), await events.NextAsync($"event {i}"));
        }

        Assert.Null(await events.NextAsync("the end"));
    }

    [Fact]
    public async Task PostStream_ReadsTheLogAgain_WhenABellWasLost()
    {
        var (session, headers) = await OpenAsync();
        var stream = Streaming(session);
        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        await events.NextAsync("the priming event");
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(15));

        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""", last: true, ring: false);
        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("1-1", (await events.NextAsync("the answer whose bell was lost"))!.Id);
    }

    [Fact]
    public async Task Stream_GetsAComment_WhenItIsIdleForAHeartbeat()
    {
        var (session, headers) = await OpenAsync();
        Streaming(session);
        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        await events.NextAsync("the priming event");
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(15));

        _clock.Advance(TimeSpan.FromSeconds(15));

        await events.CommentAsync("a heartbeat");
    }

    [Fact]
    public async Task PostStream_EndsBeforeItsAnswer_WhenTheServerWantsToBePolled()
    {
        var (session, headers) = await OpenAsync();
        var stream = Streaming(session);
        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        var primed = await events.NextAsync("the priming event");

        await session.CloseAsync(stream);
        Assert.Null(await events.NextAsync("the end"));
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""", last: true);
        using var resumed = await SseClient.OpenAsync(
            _host, McpWire.Get([.. headers, (McpHeaders.LastEventId, primed!.Id!)]));

        Assert.Equal(new SseEvent("1-1", """{"jsonrpc":"2.0","id":1,"result":{}}"""),
            await resumed.NextAsync("the answer"));
        Assert.Null(await resumed.NextAsync("the end"));
    }

    [Fact]
    public async Task Get_OpensAStreamOfItsOwn_WhenItResumesNone()
    {
        var (session, headers) = await OpenAsync();
        using var events = await SseClient.OpenAsync(_host, McpWire.Get(headers));

        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        Assert.Equal(new SseEvent("1-0", ""), await events.NextAsync("the priming event"));
        await session.AppendAsync(1, """{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""");
        Assert.Equal("1-1", (await events.NextAsync("the notification"))!.Id);
    }

    [Fact]
    public async Task Get_ReplaysOnlyWhatFollows_WhenItResumes()
    {
        var (session, headers) = await OpenAsync();
        var (mine, other) = (session.OpenStream(), session.OpenStream());
        await session.AppendAsync(mine, """{"m":1}""");
        await session.AppendAsync(other, """{"o":1}""");
        await session.AppendAsync(mine, """{"m":2}""");

        using var events = await SseClient.OpenAsync(_host, McpWire.Get([.. headers, (McpHeaders.LastEventId, "1-1")]));

        Assert.Equal(new SseEvent("1-3", """{"m":2}"""), await events.NextAsync("the event after the last"));
    }

    [Theory]
    [InlineData("9-9")]
    [InlineData("nonsense")]
    public async Task Get_Is400_WhenTheEventIdNamesNoStream(string lastEventId)
    {
        var (_, headers) = await OpenAsync();

        var (status, body) = await _host.SendAsync(McpWire.Get([.. headers, (McpHeaders.LastEventId, lastEventId)]));

        Assert.Equal((400, McpErrorCodes.InvalidRequest), (status, body.Code()));
    }

    [Fact]
    public async Task Get_Is400_WhenWhatItResumesWasTrimmed()
    {
        var (session, headers) = await OpenAsync();
        session.OpenStream();
        session.ReadFault = new McpFault(FaultReason.EventsTrimmed, "Events after this one are no longer held.");

        var (status, _) = await _host.SendAsync(McpWire.Get([.. headers, (McpHeaders.LastEventId, "1-1")]));

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Get_Is406_WhenItDoesNotAcceptAStream()
    {
        var (_, headers) = await OpenAsync();

        Assert.Equal(406, (await _host.SendAsync(McpWire.Get([.. headers, ("Accept", "application/json")]))).Status);
    }

    [Fact]
    public async Task Get_Is400Or404_WhenItHasNoSession()
    {
        Assert.Equal(400, (await _host.SendAsync(McpWire.Get())).Status);
        Assert.Equal(404, (await _host.SendAsync(McpWire.Get((McpHeaders.SessionId, "unknown")))).Status);
        Assert.Equal(400, (await _host.SendAsync(McpWire.Delete())).Status);
        Assert.Equal(404, (await _host.SendAsync(McpWire.Delete((McpHeaders.SessionId, "unknown")))).Status);
    }

    [Fact]
    public async Task Get_Is429_WhenTheSessionHasItsStreams()
    {
        await using var host = await GatewayHost.StartAsync(null, ("Mcp:StreamsPerSessionMax", "1"));
        var (_, headers) = await host.OpenSessionAsync("2025-11-25");
        using var first = await SseClient.OpenAsync(host, McpWire.Get(headers));
        await first.NextAsync("the priming event");

        Assert.Equal(429, (await host.SendAsync(McpWire.Get(headers))).Status);
    }

    [Fact]
    public async Task Disconnect_GivesTheConnectionBackAndCancelsNothing_WhenTheClientGoes()
    {
        var (session, headers) = await OpenAsync();
        var stream = Streaming(session);
        var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        await events.NextAsync("the priming event");

        events.Dispose();
        await session.ConnectionClosed.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""", last: true);
        Assert.Empty(session.Notified);
    }

    [Fact]
    public async Task Stream_EndsProperly_WhenTheGatewayStops()
    {
        var (_, headers) = await OpenAsync();
        using var events = await SseClient.OpenAsync(_host, McpWire.Get(headers));
        await events.NextAsync("the priming event");

        var stopping = _host.StopAsync();

        Assert.Null(await events.NextAsync("the end"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Stream_Ends_WhenTheTenantIsSuspended()
    {
        var (_, headers) = await OpenAsync();
        using var events = await SseClient.OpenAsync(_host, McpWire.Get(headers));
        await events.NextAsync("the priming event");
        _host.Grains.TenantStatus = Tenants.TenantStatus.Suspended;
        var end = events.NextAsync("the end");
        while (!end.IsCompleted)
        {
            // When the heartbeat was set is not known here.
            _clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        Assert.Null(await end);
    }

    [Fact]
    public async Task Stream_GoesOn_WhileItsCallerIsAdmitted()
    {
        var (session, headers) = await OpenAsync();
        var stream = Streaming(session);
        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        await events.NextAsync("the priming event");

        _clock.Advance(TimeSpan.FromMinutes(1));
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""", last: true);

        Assert.Equal("1-1", (await events.NextAsync("the answer"))!.Id);
    }

    private async Task<(FakeSession Session, (string, string)[] Headers)> OpenAsync()
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-11-25");
        return (_host.Grains.Session(id), headers);
    }

    private static long Streaming(FakeSession session)
    {
        var stream = session.OpenStream();
        session.OnCall = _ => McpOutcome.Streaming(new StreamTicket(CallId.Parse("c"), stream));
        return stream;
    }
}
