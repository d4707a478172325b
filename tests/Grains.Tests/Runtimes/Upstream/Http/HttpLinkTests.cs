using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream.Http;

public sealed class HttpLinkTests : IAsyncLifetime, IDisposable
{
    private readonly ScriptedHttp _http = new();
    private readonly HttpLink _link;
    private readonly Exchange _others = new();
    private int _lastId;

    public HttpLinkTests()
    {
        _link = new HttpLink(
            new HttpLinkTarget(new Uri("http://upstream.test/mcp"), new HttpMessageInvoker(_http)),
            new UpstreamRuntimeOptions(),
            new HttpLinkOptions { RetryDelay = TimeSpan.FromMilliseconds(10) },
            TimeProvider.System);
        _link.Begin(_others);
    }

    [Fact]
    public async Task Session_IsSentWithEachRequest_WithTheRevisionOnceAgreed()
    {
        await InitializeAsync("s-1");

        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""");
        var seen = await _http.NextAsync();
        seen.Result("""{"content":[]}""");

        Assert.False((await call).Reply!.IsError);
        Assert.Equal("s-1", seen.Header("Mcp-Session-Id"));
        Assert.Equal("2025-11-25", seen.Header("MCP-Protocol-Version"));
        Assert.Equal("application/json,text/event-stream", seen.Header("Accept"));
        Assert.Null(seen.Header("Mcp-Method"));
    }

    [Fact]
    public async Task Stream_BringsWhatBelongsToTheRequest_AndThenItsAnswer()
    {
        await InitializeAsync("s-1");
        var exchange = new Exchange();
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""", exchange);
        var seen = await _http.NextAsync();

        seen.Events(Event(1, """{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info"}}""")
            + ": a comment\r\n\r\n" + Event(2, Answer(seen, """{"content":[],"odd":1}""")));

        Assert.Equal(1, (int)JsonNode.Parse((await call).Reply!.Body.Span)!["odd"]!);
        Assert.Equal(McpMethods.Message, Assert.Single(exchange.Notified).Method);
        Assert.Empty(_others.Notified);
    }

    [Fact]
    public async Task Stream_IsResumedByItsLastId_WhenItEndsBeforeTheAnswer()
    {
        await InitializeAsync("s-1");
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""");
        var seen = await _http.NextAsync();

        seen.Events("id: e-7\nretry: 10\ndata:\n\n");
        var resumed = await _http.NextAsync("GET");
        Assert.Equal("e-7", resumed.Header("Last-Event-ID"));
        resumed.Events(Event(8, Answer(seen, "{}")));

        Assert.False((await call).Reply!.IsError);
    }

    [Fact]
    public async Task Outcome_IsUnknown_WhenAStreamWithoutIdsEnds()
    {
        await InitializeAsync("s-1");
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""");

        (await _http.NextAsync()).Events("data: {}\n\n");

        Assert.Equal(UpstreamFailure.Lost, (await call).Failure);
    }

    [Fact]
    public async Task Question_IsAnsweredByAPost()
    {
        await InitializeAsync("s-1");
        var exchange = new Exchange { Reply = McpReply.Result("""{"action":"accept"}"""u8.ToArray()) };
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""", exchange);
        var seen = await _http.NextAsync();
        seen.Events(
            Event(1, """{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{}}""")
            + Event(2, Answer(seen, "{}")));

        var answer = await _http.NextAsync();
        Assert.Equal("""{"jsonrpc":"2.0","id":"q","result":{"action":"accept"}}""", answer.Body!.ToJsonString());
        answer.Answer(HttpStatusCode.Accepted);

        Assert.False((await call).Reply!.IsError);
    }

    [Fact]
    public async Task Pings_AreNotAnsweredWithoutEnd_WhenTheServerLeavesTheAnswersHanging()
    {
        await InitializeAsync("s-1");
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""");
        var seen = await _http.NextAsync();

        seen.Events(
            string.Concat(Enumerable.Range(1, 2_000).Select(
                n => Event(n, $$"""{"jsonrpc":"2.0","id":{{n}},"method":"ping"}""")))
            + Event(2_001, Answer(seen, "{}")));

        Assert.False((await call).Reply!.IsError);
        Assert.Equal(new UpstreamRuntimeOptions().QuestionsMax, _http.Waiting);
    }

    [Fact]
    public async Task Session_IsLostAndNothingRan_WhenTheServerSays404()
    {
        await InitializeAsync("s-1");
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""");

        (await _http.NextAsync()).Answer(HttpStatusCode.NotFound);

        Assert.Equal(UpstreamFailure.SessionLost, (await call).Failure);
        Assert.True(_link.Ended.IsCompleted);
    }

    [Fact]
    public async Task Session_IsKept_WhenAServerOfPostsSays404ToAGet()
    {
        await InitializeAsync("s-1", get => get.Answer(HttpStatusCode.NotFound));

        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""");
        var seen = await _http.NextAsync();
        seen.Result("{}");
        Assert.False((await call).Reply!.IsError);
        Assert.Equal("s-1", seen.Header("Mcp-Session-Id"));
        Assert.False(_link.Ended.IsCompleted);
    }

    [Fact]
    public async Task Session_IsLost_WhenItsStandingStreamIsNotFoundAgain()
    {
        await InitializeAsync("s-1", get => get.Events(": here\n\n"));

        (await _http.NextAsync("GET")).Answer(HttpStatusCode.NotFound);

        await _link.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public async Task Modern_RequestSaysInHeadersWhatItsBodySays()
    {
        _link.Agree(McpRevision.V20260728);
        var list = RequestAsync(McpMethods.ToolsList, "{}");
        (await _http.NextAsync()).Result(
            """
            {"tools":[{"name":"näme","inputSchema":{"properties":{
            "region":{"type":"string","x-mcp-header":"Region"},"n":{"type":"integer","x-mcp-header":"N"}}}}]}
            """);
        await list;

        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"näme","arguments":{"region":"eu","n":42}}""");
        var seen = await _http.NextAsync();
        seen.Result("{}");
        await call;

        Assert.Equal("2026-07-28", seen.Header("MCP-Protocol-Version"));
        Assert.Equal("tools/call", seen.Header("Mcp-Method"));
        Assert.True(McpHeaderValue.TryDecode(seen.Header("Mcp-Name"), out var name));
        Assert.Equal("näme", name);
        Assert.Equal("eu", seen.Header("Mcp-Param-Region"));
        Assert.Equal("42", seen.Header("Mcp-Param-N"));
    }

    [Fact]
    public async Task Tool_IsNotListed_WhenItsHeadersCannotBeSent()
    {
        _link.Agree(McpRevision.V20260728);
        var list = RequestAsync(McpMethods.ToolsList, "{}");

        (await _http.NextAsync()).Result(
            """
            {"tools":[
            {"name":"object","inputSchema":{"properties":{"a":{"type":"object","x-mcp-header":"A"}}}},
            {"name":"twice","inputSchema":{"properties":{
            "a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}},
            {"name":"space","inputSchema":{"properties":{"a":{"type":"string","x-mcp-header":"A B"}}}},
            {"name":"items","inputSchema":{"properties":{"a":{"type":"array","items":{"x-mcp-header":"A"}}}}},
            {"name":"named","inputSchema":{"properties":{"x-mcp-header":{"type":"string"}}},"odd":1}]}
            """);

        var tools = JsonNode.Parse((await list).Reply!.Body.Span)!["tools"]!.AsArray();
        Assert.Equal(
            """[{"name":"named","inputSchema":{"properties":{"x-mcp-header":{"type":"string"}}},"odd":1}]""",
            tools.ToJsonString());
    }

    [Fact]
    public async Task Tools_AreLearnedAndTheCallMadeOnce_WhenAHeaderLacks()
    {
        _link.Agree(McpRevision.V20260728);
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t","arguments":{"region":"eu"},"_meta":{"x":1}}""");
        var refused = await _http.NextAsync();
        refused.Answer(
            HttpStatusCode.BadRequest,
            $$$"""{"jsonrpc":"2.0","id":{{{refused.Body!["id"]}}},"error":{"code":-32020,"message":"missing"}}""");

        var list = await _http.NextAsync();
        Assert.Equal("tools/list", (string?)list.Body!["method"]);
        const string Schema = """{"properties":{"region":{"type":"string","x-mcp-header":"Region"}}}""";
        list.Result($$$"""{"tools":[{"name":"t","inputSchema":{{{Schema}}}}]}""");
        var again = await _http.NextAsync();
        again.Result("{}");

        Assert.Equal("eu", again.Header("Mcp-Param-Region"));
        Assert.False((await call).Reply!.IsError);
    }

    [Fact]
    public async Task Cancellation_IsPosted_WhereTheRevisionHasSessions()
    {
        await InitializeAsync("s-1");
        using var cancellation = new CancellationTokenSource();
        var call = RequestAsync(McpMethods.ToolsCall, """{"name":"t"}""", cancellationToken: cancellation.Token);
        var seen = await _http.NextAsync();

        await cancellation.CancelAsync();
        var cancelled = await _http.NextAsync();
        cancelled.Answer(HttpStatusCode.Accepted);

        Assert.Equal(UpstreamFailure.Cancelled, (await call).Failure);
        Assert.Equal(seen.Body!["id"]!.ToJsonString(), cancelled.Body!["params"]!["requestId"]!.ToJsonString());
    }

    [Fact]
    public async Task Answer_IsRefused_WhenItIsTooLarge()
    {
        var small = new HttpLink(
            new HttpLinkTarget(new Uri("http://upstream.test/mcp"), new HttpMessageInvoker(_http)),
            new UpstreamRuntimeOptions { MessageBytesMax = 4_096 },
            new HttpLinkOptions(),
            TimeProvider.System);
        small.Begin(_others);
        var request = new UpstreamRequest(1, McpMethods.ToolsCall, "{}"u8.ToArray());
        var call = small.RequestAsync(request, new Exchange(), default).AsTask();

        (await _http.NextAsync()).Result($$"""{"text":"{{new string('x', 5_000)}}"}""");

        Assert.Equal(UpstreamFailure.TooLarge, (await call).Failure);
    }

    public void Dispose() => _http.Dispose();

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        var closing = _link.DisposeAsync().AsTask();
        if (!closing.IsCompleted)
        {
            (await _http.NextAsync("DELETE")).Answer(HttpStatusCode.OK);
        }

        await closing;
    }

    private static string Event(int id, string data) => $"id: {id}\r\nevent: message\r\ndata: {data}\r\n\r\n";

    private static string Answer(ScriptedHttp.Exchange request, string result) =>
        $$"""{"jsonrpc":"2.0","id":{{request.Body!["id"]!.ToJsonString()}},"result":{{result}}}""";

    private async Task InitializeAsync(string session, Action<ScriptedHttp.Exchange>? stand = null)
    {
        var initializing = RequestAsync(McpMethods.Initialize, "{}");
        var seen = await _http.NextAsync();
        Assert.Null(seen.Header("MCP-Protocol-Version"));
        seen.Result("""{"protocolVersion":"2025-11-25"}""", session);
        await initializing;
        _link.Agree(McpRevision.V20251125);
        var initialized = _link.NotifyAsync(McpMethods.Initialized, default, default).AsTask();
        (await _http.NextAsync()).Answer(HttpStatusCode.Accepted);
        Assert.True(await initialized);
        (stand ?? (get => get.Answer(HttpStatusCode.MethodNotAllowed)))(await _http.NextAsync("GET"));
    }

    private Task<UpstreamAnswer> RequestAsync(
        string method, string parameters, Exchange? exchange = null, CancellationToken cancellationToken = default) =>
        _link.RequestAsync(
            new UpstreamRequest(++_lastId, method, Encoding.UTF8.GetBytes(parameters)),
            exchange ?? new Exchange(),
            cancellationToken).AsTask();

    /// <summary>Remembers what came beside the answers.</summary>
    private sealed class Exchange : IUpstreamExchange
    {
        public List<McpFrame> Notified { get; } = [];

        public McpReply Reply { get; init; } = McpReply.Result("{}"u8.ToArray());

        public ValueTask NotifiedAsync(McpFrame notification)
        {
            Notified.Add(notification);
            return ValueTask.CompletedTask;
        }

        public ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken) => new(Reply);
    }
}
