using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

public sealed class SessionDeliveryTests
{
    [Fact]
    public async Task Frames_AreSentAgainUnderTheirNumbers_WhenItIsUnknownWhetherTheyArrived()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            await call.Output.EmitAsync(Script.Progress(1), token);
            return Script.Text("done");
        });
        await host.OpenPeerAsync();
        var lost = 0;
        host.Sink.OnDeliver = _ => lost++ < 2 ? throw new TimeoutException("lost") : ValueTask.FromResult(true);

        await InstanceHost.WithPatienceAsync(host.CallInSessionAsync(McpMethods.ToolsCall), "a ticket");
        var first = (await host.MoveUntilAsync(host.Sink.NextAsync("the progress"), "the progress")).Frame;
        var last = (await host.MoveUntilAsync(host.Sink.NextAsync("the result"), "the result")).Frame;

        Assert.Equal((McpFrameKind.Notification, 1), (first.Kind, first.Number));
        Assert.Equal((McpFrameKind.Result, 2), (last.Kind, last.Number));
    }

    [Fact]
    public async Task NoticeOfNoCall_IsNotSentAgain_WhenItIsUnknownWhetherItArrived()
    {
        await using var host = await InstanceHost.StartAsync((_, _) => Task.FromResult(Script.Text("hi")));
        await host.OpenPeerAsync();
        var asked = new TaskCompletionSource<bool>();
        host.Sink.OnDeliver = _ =>
        {
            host.Sink.OnDeliver = _ => ValueTask.FromResult(true);
            asked.TrySetResult(true);
            throw new TimeoutException("lost");
        };

        host.Runtime.Events.Notify(null, Notice(McpMethods.ToolsListChanged));
        await InstanceHost.WithPatienceAsync(asked.Task, "the first notice");
        host.Runtime.Events.Notify(null, Notice(McpMethods.PromptsListChanged));
        var next = await host.MoveUntilAsync(host.Sink.NextAsync("the second notice"), "the second notice");

        Assert.Equal((McpMethods.PromptsListChanged, 0), (next.Frame.Method, next.Frame.Number));
    }

    private static McpFrame Notice(string method) => new() { Kind = McpFrameKind.Notification, Method = method };
}
