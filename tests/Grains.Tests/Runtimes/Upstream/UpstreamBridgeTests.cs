using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.CSharp;

namespace Smcp.Runtimes.Upstream;

/// <summary>Clients of one era on servers of the other.</summary>
public sealed class UpstreamBridgeTests
{
    [Fact]
    public async Task Principals_HaveConversationsOfTheirOwn_AndSetsOfCapabilitiesToo()
    {
        await using var harness = new UpstreamHarness();

        await AnswerModernAsync(harness, "p1", "{}");
        await AnswerModernAsync(harness, "p2", "{}");
        await AnswerModernAsync(harness, "p1", """{"roots":{}}""");

        Assert.False(harness.Links.Servers.Reader.TryPeek(out _), "More links were opened than clients called.");
    }

    [Fact]
    public async Task Meta_LosesWhatOnlyTheOtherEraSays_AndKeepsTheRest()
    {
        await using var harness = new UpstreamHarness();
        var call = harness.CallModernAsync("p", ",\"traceparent\":\"00-1\"");
        await using var server = await harness.ServerAsync();
        await server.InitializeAsync();

        var seen = await server.NextAsync(McpMethods.ToolsCall);
        await server.AnswerAsync(seen, "{}");
        await call;

        Assert.Equal("""{"traceparent":"00-1"}""", seen["params"]!["_meta"]!.ToJsonString());
    }

    [Fact]
    public async Task Logs_ReachTheRequestThatAskedForThem_FromItsLevelOn()
    {
        await using var harness = new UpstreamHarness();
        var output = new RecordingOutput();
        var call = harness.CallModernAsync("p", ",\"io.modelcontextprotocol/logLevel\":\"warning\"", output);
        await using var server = await harness.ServerAsync();
        await server.InitializeAsync();
        var level = await server.NextAsync(McpMethods.SetLogLevel);
        Assert.Equal("warning", (string?)level["params"]!["level"]);
        await server.AnswerAsync(level, "{}");
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await LogAsync(server, "info");
        await LogAsync(server, "error");
        await server.AnswerAsync(seen, "{}");
        await call;

        Assert.Equal("error", (string?)JsonNode.Parse(Assert.Single(output.Frames).Body.Span)!["level"]);
    }

    [Fact]
    public async Task Logs_AreNobodys_WhenTheRequestDidNotAskForThem()
    {
        await using var harness = new UpstreamHarness();
        var output = new RecordingOutput();
        var call = harness.CallModernAsync("p", string.Empty, output);
        await using var server = await harness.ServerAsync();
        await server.InitializeAsync();
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await LogAsync(server, "emergency");
        await server.AnswerAsync(seen, "{}");
        await call;

        Assert.Empty(output.Frames);
    }

    [Fact]
    public async Task Url_IsInputThatIsRequired_WhenTheServerWantsItVisitedFirst()
    {
        await using var harness = new UpstreamHarness();
        var call = harness.CallModernAsync("p");
        await using var server = await harness.ServerAsync();
        await server.InitializeAsync();
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await server.SendAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{seen["id"]}}},"error":{"code":-32042,"message":"visit", """
            + """
              "data":{"elicitations":[{"mode":"url","elicitationId":"e","url":"https://a.test/","message":"m"}]}}}
              """);

        var result = UpstreamHarness.BodyOf(await call);
        Assert.Equal("input_required", (string?)result["resultType"]);
        var asked = result["inputRequests"]!["url_1"]!;
        Assert.Equal("elicitation/create", (string?)asked["method"]);
        Assert.Equal("""{"mode":"url","url":"https://a.test/","message":"m"}""", asked["params"]!.ToJsonString());
    }

    [Fact]
    public async Task SharedServer_IsToldOfNoCapabilityAndCanAskNobody()
    {
        await using var harness = new UpstreamHarness(isShared: true);
        var call = harness.CallModernAsync("p1", capabilities: """{"sampling":{}}""");
        await using var server = await harness.ServerAsync();
        var initialize = await server.InitializeAsync();
        Assert.Equal("{}", initialize["params"]!["capabilities"]!.ToJsonString());
        var seen = await server.NextAsync(McpMethods.ToolsCall);

        await server.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{}}""");
        var refusal = (await server.NextAsync())!;
        await server.AnswerAsync(seen, "{}");
        await call;

        Assert.Equal(McpErrorCodes.MethodNotFound, (int)refusal["error"]!["code"]!);
        await AnswerAsync(server, harness.CallModernAsync("p2"));
        Assert.False(harness.Links.Servers.Reader.TryPeek(out _), "A shared server was started twice.");
    }

    [Fact]
    public async Task Subscriptions_FollowWhatTheSessionWants()
    {
        await using var harness = new UpstreamHarness();
        var opening = harness.OpenPeerAsync("a");
        await using var server = await harness.ServerAsync();
        await server.InitializeAsync("""{"resources":{"subscribe":true}}""");
        await opening;

        var subscribing = harness.Runtime.SubscribeAsync("a", ["r:1"], default).AsTask();
        var subscribe = await server.NextAsync(McpMethods.ResourcesSubscribe);
        await server.AnswerAsync(subscribe, "{}");
        await subscribing;
        var leaving = harness.Runtime.SubscribeAsync("a", [], default).AsTask();
        var unsubscribe = await server.NextAsync(McpMethods.ResourcesUnsubscribe);
        await server.AnswerAsync(unsubscribe, "{}");
        await leaving;

        Assert.Equal("r:1", (string?)subscribe["params"]!["uri"]);
        Assert.Equal("r:1", (string?)unsubscribe["params"]!["uri"]);
    }

    [Fact]
    public async Task Session_IsAskedInTheMiddleOfItsCall_WhenAModernServerNeedsInput()
    {
        await using var harness = new UpstreamHarness(UpstreamEra.Modern);
        var opening = harness.OpenPeerAsync("a", """{"elicitation":{}}""");
        await using var server = await harness.ServerAsync();
        await DiscoverAsync(server, """{"tools":{}}""");
        Assert.Equal("2025-11-25", (string?)UpstreamHarness.BodyOf(await opening)["protocolVersion"]);
        var accept = McpReply.Result("""{"action":"accept","content":{"n":1}}"""u8.ToArray());
        var output = new RecordingOutput(_ => accept);
        var call = harness.CallAsync("a", """{"name":"t","arguments":{"x":1}}""", output);

        var first = await server.NextAsync(McpMethods.ToolsCall);
        await server.AnswerAsync(
            first,
            """{"resultType":"input_required","requestState":"s","inputRequests":"""
            + """{"k":{"method":"elicitation/create","params":{"message":"m"}}}}""");
        var second = await server.NextAsync(McpMethods.ToolsCall);
        await server.AnswerAsync(second, """{"resultType":"complete","content":[],"structuredContent":[1],"odd":1}""");

        var result = UpstreamHarness.BodyOf(await call);
        Assert.Equal("""{"content":[],"odd":1,"structuredContent":{"result":[1]}}""", result.ToJsonString());
        var responses = second["params"]!["inputResponses"]!;
        Assert.Equal("""{"k":{"action":"accept","content":{"n":1}}}""", responses.ToJsonString());
        Assert.Equal("s", (string?)second["params"]!["requestState"]);
        Assert.Equal(1, (int)second["params"]!["arguments"]!["x"]!);
        var meta = second["params"]!["_meta"]!;
        Assert.Equal("2026-07-28", (string?)meta[McpMetaKeys.ProtocolVersion]);
        Assert.Equal("""{"elicitation":{}}""", meta[McpMetaKeys.ClientCapabilities]!.ToJsonString());
    }

    [Fact]
    public async Task Listening_IsOneRequestOfTheSession_AndItsNewsReachIt()
    {
        await using var harness = new UpstreamHarness(UpstreamEra.Modern);
        var opening = harness.OpenPeerAsync("a");
        await using var server = await harness.ServerAsync();
        await DiscoverAsync(server, """{"tools":{"listChanged":true},"resources":{"subscribe":true}}""");
        await opening;

        var listen = await server.NextAsync(McpMethods.SubscriptionsListen);
        Assert.Equal("""{"toolsListChanged":true}""", listen["params"]!["notifications"]!.ToJsonString());
        await harness.Runtime.SubscribeAsync("a", ["r:1"], default);
        var wider = await server.NextAsync(McpMethods.SubscriptionsListen);
        Assert.Equal("""["r:1"]""", wider["params"]!["notifications"]!["resourceSubscriptions"]!.ToJsonString());
        await server.NextAsync(McpMethods.Cancelled);
        await server.SendAsync(
            """{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"r:1","_meta":{"x":1}}}""");
        await AnswerAsync(server, harness.CallAsync("a", """{"name":"t"}"""));

        var (session, frame) = Assert.Single(harness.Events.Notifications);
        Assert.Equal("a", session);
        Assert.Equal("""{"uri":"r:1"}""", Encoding.UTF8.GetString(frame.Body.Span));
    }

    private static async Task AnswerModernAsync(
        UpstreamHarness harness, string principal, string capabilities)
    {
        var call = harness.CallModernAsync(principal, capabilities: capabilities);
        var server = await harness.ServerAsync();
        var initialize = await server.InitializeAsync();
        Assert.Equal(capabilities, initialize["params"]!["capabilities"]!.ToJsonString());
        await AnswerAsync(server, call);
    }

    private static async Task AnswerAsync(LineServer server, Task<McpReply> call)
    {
        await server.AnswerAsync(await server.NextAsync(McpMethods.ToolsCall), "{}");
        Assert.False((await call).IsError);
    }

    private static async Task DiscoverAsync(LineServer server, string capabilities) => await server.AnswerAsync(
        await server.NextAsync(McpMethods.Discover),
        $$$"""{"supportedVersions":["2026-07-28"],"capabilities":{{{capabilities}}},"resultType":"complete"}""");

    private static Task LogAsync(LineServer server, string level) => server.SendAsync(
        $$$"""{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"{{{level}}}","data":"x"}}""");
}
