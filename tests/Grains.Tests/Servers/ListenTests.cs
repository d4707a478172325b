using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

public sealed class ListenTests
{
    private const string Filter = """
        "notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["a:1"]}
        """;

    [Fact]
    public async Task Listener_IsAcknowledgedFirst_WithWhatIsHonoured()
    {
        await using var host = await InstanceHost.StartAsync(DiscoverAsync);
        await using var listener = Listen(host, Script.Params(members: Filter));

        var acknowledged = await NextAsync(listener);

        Assert.Equal(McpMethods.SubscriptionsAcknowledged, acknowledged.Method);
        var body = InstanceHost.BodyOf(acknowledged);
        Assert.Equal(
            """{"toolsListChanged":true,"resourceSubscriptions":["a:1"]}""", body["notifications"]!.ToJsonString());
        Assert.Equal(1, (int)body["_meta"]![McpMetaKeys.SubscriptionId]!);
    }

    [Fact]
    public async Task Listener_HearsOnlyWhatItAskedFor_WhenTheServerNotifies()
    {
        await using var host = await InstanceHost.StartAsync(DiscoverAsync);
        await using var listener = Listen(host, Script.Params(members: Filter));
        await NextAsync(listener);

        Notify(host, McpMethods.PromptsListChanged, "{}");
        Notify(host, McpMethods.ResourceUpdated, """{"uri":"b:2"}""");
        Notify(host, McpMethods.ResourceUpdated, """{"uri":"a:1"}""");
        Notify(host, McpMethods.ToolsListChanged, string.Empty);

        var updated = await NextAsync(listener);
        Assert.Equal("a:1", (string?)InstanceHost.BodyOf(updated)["uri"]);
        Assert.Equal(1, (int)InstanceHost.BodyOf(updated)["_meta"]![McpMetaKeys.SubscriptionId]!);
        Assert.Equal(McpMethods.ToolsListChanged, (await NextAsync(listener)).Method);
    }

    [Fact]
    public async Task Listener_StaysOpenAndHearsTheLastChange_WhenABurstOfChangesComes()
    {
        await using var host = await InstanceHost.StartAsync(DiscoverAsync);
        await using var listener = Listen(host, Script.Params(members: Filter));
        await NextAsync(listener);

        for (var i = 0; i < 2_000; i++)
        {
            Notify(host, McpMethods.ToolsListChanged, string.Empty);
            Notify(host, McpMethods.ResourceUpdated, $$"""{"uri":"b:{{i}}"}""");
        }

        Notify(host, McpMethods.ResourceUpdated, """{"uri":"a:1"}""");

        McpFrame frame;
        do
        {
            frame = await NextAsync(listener);
        }
        while (frame.Method != McpMethods.ResourceUpdated);

        Assert.Equal("a:1", (string?)InstanceHost.BodyOf(frame)["uri"]);
    }

    [Fact]
    public async Task Listener_GetsItsResult_WhenTheServerEnds()
    {
        await using var host = await InstanceHost.StartAsync(DiscoverAsync);
        await using var listener = Listen(host, Script.Params(members: Filter));
        await NextAsync(listener);

        host.Runtime.Events.Ended("it stopped");

        var last = await NextAsync(listener);
        Assert.Equal(McpFrameKind.Result, last.Kind);
        Assert.Equal("complete", (string?)InstanceHost.BodyOf(last)["resultType"]);
        Assert.Equal(1, (int)InstanceHost.BodyOf(last)["_meta"]![McpMetaKeys.SubscriptionId]!);
        Assert.False(await listener.MoveNextAsync());
    }

    [Theory]
    [InlineData("\"x\":1", McpErrorCodes.InvalidParams)]
    [InlineData("\"notifications\":{\"toolsListChanged\":1}", McpErrorCodes.InvalidParams)]
    [InlineData("\"notifications\":{\"resourceSubscriptions\":[\"a:12345678901234567\"]}", McpErrorCodes.InvalidParams)]
    [InlineData("\"notifications\":{\"taskIds\":[\"t\"]}", McpErrorCodes.MissingClientCapability)]
    public async Task Listener_IsRefused_WhenItsParamsAreWrong(string members, int code)
    {
        await using var host = await InstanceHost.StartAsync(
            DiscoverAsync, services => services.Configure<InstanceOptions>(o => o.SubscriptionUriLengthMax = 16));
        await using var listener = Listen(host, Script.Params(members: members));

        var refused = await NextAsync(listener);

        Assert.Equal(McpFrameKind.Error, refused.Kind);
        Assert.Equal(code, (int)InstanceHost.BodyOf(refused)["code"]!);
    }

    [Fact]
    public async Task Listener_IsRefused_WhenItsPrincipalHasTooMany()
    {
        await using var host = await InstanceHost.StartAsync(
            DiscoverAsync, services => services.Configure<InstanceOptions>(o => o.ListenersPerPrincipalMax = 1));
        await using var first = Listen(host, Script.Params(members: Filter));
        await NextAsync(first);

        await using var second = Listen(host, Script.Params(members: Filter));

        Assert.Equal(FaultReason.LimitExceeded, (await NextAsync(second)).Fault?.Reason);
    }

    [Fact]
    public async Task Notification_ReachesSubscribedSessionsOnly_WhenAResourceChanges()
    {
        await using var host = await InstanceHost.StartAsync();
        await host.OpenPeerAsync();
        await host.OpenPeerAsync(session: "default/echo/session2");
        await host.Instance.SubscribeAsync(
            InstanceHost.Context(McpRevision.V20251125), InstanceHost.Session, ["a:1"], default);

        Notify(host, McpMethods.ResourceUpdated, """{"uri":"a:1"}""");
        Notify(host, McpMethods.ToolsListChanged, string.Empty);

        var heard = new List<(string, string?)>();
        for (var i = 0; i < 3; i++)
        {
            var (session, call, frame) = await host.Sink.NextAsync($"notification {i}");
            Assert.Null(call);
            heard.Add((session, frame.Method));
        }

        Assert.Equal(
            [
                (InstanceHost.Session, McpMethods.ResourceUpdated),
                (InstanceHost.Session, McpMethods.ToolsListChanged),
                ("default/echo/session2", McpMethods.ToolsListChanged),
            ],
            heard.OrderBy(h => h));
    }

    private static Task<McpReply> DiscoverAsync(RuntimeCall call, CancellationToken cancellationToken) =>
        Task.FromResult(McpReply.Result("""
            {"capabilities":{"tools":{"listChanged":true},"prompts":{},"resources":{"subscribe":true}}}
            """u8.ToArray()));

    private static IAsyncEnumerator<McpFrame> Listen(InstanceHost host, string parameters) => host.Instance
        .ListenAsync(InstanceHost.Context(), Request(host, parameters), default)
        .GetAsyncEnumerator();

    private static InstanceCall Request(InstanceHost host, string parameters)
    {
        var request = host.Request(McpMethods.SubscriptionsListen, parameters);
        return request with { Call = request.Call with { Id = JsonRpcId.FromNumber(1) } };
    }

    private static async Task<McpFrame> NextAsync(IAsyncEnumerator<McpFrame> listener)
    {
        Assert.True(await InstanceHost.WithPatienceAsync(listener.MoveNextAsync().AsTask(), "a frame of the listener"));
        return listener.Current;
    }

    private static void Notify(InstanceHost host, string method, string body) => host.Runtime.Events.Notify(
        null,
        new McpFrame { Kind = McpFrameKind.Notification, Method = method, Body = Encoding.UTF8.GetBytes(body) });
}
