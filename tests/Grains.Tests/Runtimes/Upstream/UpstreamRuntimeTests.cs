using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.CSharp;

namespace Smcp.Runtimes.Upstream;

/// <summary>What reaches a server, and what of it reaches whom, where the server is one of sessions.</summary>
public sealed class UpstreamRuntimeTests
{
    [Fact]
    public async Task Server_SeesItsClientsCapabilities_ButTasks()
    {
        await using var harness = new UpstreamHarness();
        var opening = harness.OpenPeerAsync("a", """{"roots":{},"tasks":{},"odd":{"x":1}}""");
        await using var server = await harness.ServerAsync();

        var initialize = await server.InitializeAsync();

        Assert.Equal("""{"roots":{},"odd":{"x":1}}""", initialize["params"]!["capabilities"]!.ToJsonString());
        Assert.Equal("test", (string?)initialize["params"]!["clientInfo"]!["name"]);
        Assert.Equal("lines", (string?)UpstreamHarness.BodyOf(await opening)["serverInfo"]!["name"]);
    }

    [Fact]
    public async Task Progress_ReachesItsOwnCallOnly_WhenTwoUseOneToken()
    {
        await using var harness = new UpstreamHarness();
        await using var server = await harness.OpenAsync("a");
        var (one, two) = (new RecordingOutput(), new RecordingOutput());
        const string Call = """{"name":"t","_meta":{"progressToken":"same","kept":1}}""";
        var first = harness.CallAsync("a", Call, one);
        var firstSeen = await server.NextAsync(McpMethods.ToolsCall);
        var second = harness.CallAsync("a", Call, two);
        var secondSeen = await server.NextAsync(McpMethods.ToolsCall);
        Assert.NotEqual(firstSeen["id"]!.ToJsonString(), secondSeen["id"]!.ToJsonString());
        Assert.Equal(1, (int)firstSeen["params"]!["_meta"]!["kept"]!);

        var token = secondSeen["params"]!["_meta"]!["progressToken"]!.ToJsonString();
        var progress = $$$"""{"progressToken":{{{token}}},"progress":1}""";
        await server.SendAsync($$$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{{{progress}}}}""");
        await server.AnswerAsync(secondSeen, """{"content":[],"odd":2}""");
        await server.AnswerAsync(firstSeen, """{"content":[],"odd":1}""");

        Assert.Equal(1, (int)UpstreamHarness.BodyOf(await first)["odd"]!);
        Assert.Equal(2, (int)UpstreamHarness.BodyOf(await second)["odd"]!);
        Assert.Empty(one.Frames);
        Assert.Equal("same", (string?)JsonNode.Parse(Assert.Single(two.Frames).Body.Span)!["progressToken"]);
    }

    [Fact]
    public async Task Line_IsOne_WhenTheParamsHaveMany()
    {
        await using var harness = new UpstreamHarness();
        await using var server = await harness.OpenAsync("a");

        var call = harness.CallAsync("a", "{\n  \"name\": \"t\",\r\n  \"arguments\": {}\n}");

        var seen = await server.NextAsync(McpMethods.ToolsCall);
        Assert.Equal("t", (string?)seen["params"]!["name"]);
        await server.AnswerAsync(seen, "{}");
        await call;
    }

    [Fact]
    public async Task Cancellation_ReachesTheServer_WithTheIdThatItKnows()
    {
        await using var harness = new UpstreamHarness();
        await using var server = await harness.OpenAsync("a");
        using var cancellation = new CancellationTokenSource();
        var call = harness.CallAsync("a", """{"name":"t"}""", cancellationToken: cancellation.Token);
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await cancellation.CancelAsync();

        var cancelled = await server.NextAsync(McpMethods.Cancelled);
        Assert.Equal(seen["id"]!.ToJsonString(), cancelled["params"]!["requestId"]!.ToJsonString());
        Assert.True((await call).IsError);
    }

    [Fact]
    public async Task Question_OfNoCall_WaitsForTheNextOneAndKeepsItOpen()
    {
        await using var harness = new UpstreamHarness();
        await using var server = await harness.OpenAsync("a", """{"roots":{}}""");
        await server.SendAsync("""{"jsonrpc":"2.0","id":"q","method":"roots/list"}""");
        var asked = new TaskCompletionSource<McpReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new HeldOutput(asked.Task);

        var call = harness.CallAsync("a", """{"name":"t"}""", output);
        await server.AnswerAsync(await server.NextAsync(McpMethods.ToolsCall), "{}");
        await output.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.False(call.IsCompleted, "The call ended before its client could answer.");
        asked.SetResult(McpReply.Result("""{"roots":[]}"""u8.ToArray()));

        var answer = (await server.NextAsync())!;
        Assert.Equal("q", (string?)answer["id"]);
        Assert.Equal("""{"roots":[]}""", answer["result"]!.ToJsonString());
        Assert.False((await call).IsError);
    }

    [Fact]
    public async Task Ping_IsAnsweredHere()
    {
        await using var harness = new UpstreamHarness();
        await using var server = await harness.OpenAsync("a");

        await server.SendAsync("""{"jsonrpc":"2.0","id":7,"method":"ping"}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":7,"result":{}}""", (await server.NextAsync())!.ToJsonString());
    }

    [Fact]
    public async Task Call_EndsWithADefiniteErrorAndThePeerIsForgotten_WhenTheServerEnds()
    {
        await using var harness = new UpstreamHarness();
        var server = await harness.OpenAsync("a");
        var call = harness.CallAsync("a", """{"name":"t"}""");
        await server.NextAsync(McpMethods.ToolsCall);

        await server.DisposeAsync();

        var error = UpstreamHarness.BodyOf(await call);
        Assert.Equal(McpErrorCodes.InternalError, (int)error["code"]!);
        Assert.Contains("unknown", (string?)error["message"], StringComparison.Ordinal);
        Assert.False(harness.Runtime.HasPeer("a"));
        await using var next = await harness.OpenAsync("a");
        Assert.True(harness.Runtime.HasPeer("a"));
    }

    [Fact]
    public async Task Conversation_Ends_WhenALineIsTooLong()
    {
        await using var harness = new UpstreamHarness(options: new UpstreamRuntimeOptions { MessageBytesMax = 4_096 });
        await using var server = await harness.OpenAsync("a");
        var call = harness.CallAsync("a", """{"name":"t"}""");
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await server.AnswerAsync(seen, $$"""{"text":"{{new string('x', 5_000)}}"}""");

        Assert.True((await call).IsError);
    }

    [Fact]
    public async Task Line_IsPassedOver_WhenItIsNoMessage()
    {
        await using var harness = new UpstreamHarness();
        await using var server = await harness.OpenAsync("a");
        var call = harness.CallAsync("a", """{"name":"t"}""");
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await server.SendAsync("Server is running on stdio");
        await server.SendAsync(string.Empty);
        await server.AnswerAsync(seen, """{"content":[]}""");

        Assert.False((await call).IsError);
    }

    [Fact]
    public async Task Notifications_ReachTheirOwnSessionOnly()
    {
        await using var harness = new UpstreamHarness();
        await using var one = await harness.OpenAsync("a");
        await using var two = await harness.OpenAsync("b");

        await two.SendAsync("""{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""");
        await two.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        await two.NextAsync();

        var (session, frame) = Assert.Single(harness.Events.Notifications);
        Assert.Equal("b", session);
        Assert.Equal(McpMethods.ToolsListChanged, frame.Method);
    }

    /// <summary>An output whose question is answered when the test says so.</summary>
    private sealed class HeldOutput(Task<McpReply> answer) : IRuntimeOutput
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async ValueTask<McpReply> AskAsync(InputRequest question, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return await answer;
        }
    }
}
