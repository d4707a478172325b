using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Sessions;

namespace Smcp;

/// <summary>Where 2025-03-26, 2025-06-18 and 2025-11-25 differ on the wire.</summary>
public sealed class RevisionDifferenceTests : IAsyncLifetime
{
    private const string TwoCalls =
        """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":"b","method":"ping","params":{"x":2}}]""";

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Batch_IsAnsweredInOneArray_WhenTheRevisionHasBatches()
    {
        var (_, headers) = await _host.OpenSessionAsync("2025-03-26");

        var (status, body) = await _host.SendAsync(McpWire.Post(TwoCalls, headers));

        Assert.Equal(200, status);
        Assert.Equal(
            """[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":"b","result":{"x":2}}]""",
            body!.ToJsonString());
    }

    [Fact]
    public async Task Batch_IsAnsweredOnOneStream_WhenItTakesLonger()
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-03-26");
        var session = _host.Grains.Session(id);
        var stream = session.OpenStream();
        session.OnBatch = _ => new BatchOutcome { Stream = new StreamTicket(CallId.Parse("c"), stream) };
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""");
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":"b","result":{}}""", last: true);

        using var events = await SseClient.OpenAsync(_host, McpWire.Post(TwoCalls, headers));

        Assert.Equal(1, (int)(await events.NextAsync("the first answer"))!.Message["id"]!);
        Assert.Equal("b", (string?)(await events.NextAsync("the second answer"))!.Message["id"]);
        Assert.Null(await events.NextAsync("the end"));
    }

    [Fact]
    public async Task Batch_Is202_WhenItHasNoRequest()
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-03-26");

        var (status, _) = await _host.SendAsync(McpWire.Post(
            """[{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":3,"result":{}}]""",
            headers));

        Assert.Equal(202, status);
        Assert.Single(_host.Grains.Session(id).Notified);
        Assert.Single(_host.Grains.Session(id).Answered);
    }

    [Fact]
    public async Task Batch_TakesItsNotifications_WhenItAlsoHasRequests()
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-03-26");

        var (status, body) = await _host.SendAsync(McpWire.Post(
            """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"}]""",
            headers));

        Assert.Equal(200, status);
        Assert.Single(body!.AsArray());
        Assert.Single(_host.Grains.Session(id).Notified);
    }

    [Fact]
    public async Task Batch_Is400_WhenItHoldsInitialize()
    {
        var (_, headers) = await _host.OpenSessionAsync("2025-03-26");

        var (status, body) = await _host.SendAsync(McpWire.Post($"[{McpWire.Initialize("2025-03-26")}]", headers));

        Assert.Equal((400, McpErrorCodes.InvalidRequest), (status, body.Code()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1,2]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"},{"foo":"bar"}]""")]
    public async Task Batch_Is400AndNothingRuns_WhenAMessageOfItIsMalformed(string batch)
    {
        var (id, headers) = await _host.OpenSessionAsync("2025-03-26");
        _host.Grains.Session(id).OnBatch = _ => throw new InvalidOperationException("A malformed batch was run.");

        var (status, body) = await _host.SendAsync(McpWire.Post(batch, headers));

        Assert.Equal((400, McpErrorCodes.InvalidRequest), (status, body.Code()));
        Assert.Null(body!["id"]);
    }

    [Theory]
    [InlineData(50, 200)]
    [InlineData(51, 400)]
    public async Task Batch_Is400_WhenItHasMoreMessagesThanTheLimit(int count, int expected)
    {
        var (_, headers) = await _host.OpenSessionAsync("2025-03-26");
        var batch = string.Join(",", Enumerable.Range(0, count).Select(i => McpWire.Request("ping", null, $"{i}")));

        Assert.Equal(expected, (await _host.SendAsync(McpWire.Post($"[{batch}]", headers))).Status);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Batch_Is400_WhenTheRevisionHasNone(string revision)
    {
        var (_, headers) = await _host.OpenSessionAsync(revision);

        var (status, body) = await _host.SendAsync(McpWire.Post(TwoCalls, headers));

        Assert.Equal((400, McpErrorCodes.InvalidRequest), (status, body.Code()));
    }

    [Theory]
    [InlineData("2025-03-26", "1999-01-01")]
    [InlineData("2025-06-18", "1999-01-01")]
    [InlineData("2025-06-18", "")]
    [InlineData("2025-11-25", "v2")]
    public async Task VersionHeader_Is400_WhenItNamesNoVersionServed(string revision, string header)
    {
        var (id, _) = await _host.OpenSessionAsync(revision);

        var (status, body) = await _host.SendAsync(McpWire.Post(
            McpWire.Request("tools/list"), (McpHeaders.SessionId, id), (McpHeaders.ProtocolVersion, header)));

        Assert.Equal((400, McpErrorCodes.UnsupportedVersion), (status, body.Code()));
    }

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task VersionHeader_MayBeAbsent_WhenTheSessionKnowsItsVersion(string revision)
    {
        var (id, _) = await _host.OpenSessionAsync(revision);

        var (status, _) = await _host.SendAsync(
            McpWire.Post(McpWire.Request("tools/list"), (McpHeaders.SessionId, id)));

        Assert.Equal(200, status);
        Assert.Equal(revision, _host.Grains.Session(id).Contexts[^1].Revision);
    }

    [Theory]
    [InlineData("2025-03-26", false)]
    [InlineData("2025-06-18", false)]
    [InlineData("2025-11-25", true)]
    public async Task Stream_IsPrimed_WhenTheRevisionLetsClientsPoll(string revision, bool primed)
    {
        var (id, headers) = await _host.OpenSessionAsync(revision);
        var session = _host.Grains.Session(id);
        var stream = session.OpenStream();
        session.OnCall = _ => McpOutcome.Streaming(new StreamTicket(CallId.Parse("c"), stream));
        await session.AppendAsync(stream, """{"jsonrpc":"2.0","id":1,"result":{}}""", last: true);

        using var events = await SseClient.OpenAsync(_host, McpWire.Post(McpWire.Request("tools/call", "{}"), headers));
        var first = await events.NextAsync("the first event");

        Assert.Equal(primed ? new SseEvent($"{stream}-0", "") : new SseEvent($"{stream}-1", first!.Data), first);
        Assert.Equal(primed ? 1000 : null, events.Retry);
    }
}
