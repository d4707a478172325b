using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

public sealed class InstanceDrainTests
{
    [Fact]
    public async Task CallOfASession_IsAnsweredByItself_WhenItEndsWhileTheProcessStops()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await InstanceHost.StartAsync((_, _) => answer.Task);
        await host.OpenPeerAsync();
        Assert.NotNull((await host.EndWindowAsync(host.CallInSessionAsync(McpMethods.ToolsCall))).Stream);

        var stopping = host.StoppingAsync();
        Assert.False(stopping.IsCompleted);
        answer.SetResult(Script.Text("late"));

        var delivered = host.Sink.NextAsync("the answer");
        Assert.Equal("late", Script.TextOf(InstanceHost.BodyOf((await delivered).Frame)));
        await host.MoveUntilAsync(WhenDoneAsync(stopping), "the end of the drain", step: TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task CallOfASession_IsAnsweredByAnErrorAndCancelled_WhenItOutlivesTheDrain()
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var host = await InstanceHost.StartAsync(async (_, token) =>
        {
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(token);
            }
            finally
            {
                cancelled.SetResult(token.IsCancellationRequested);
            }

            return Script.Text("never");
        }, Brief);
        await host.OpenPeerAsync();
        Assert.NotNull((await host.EndWindowAsync(host.CallInSessionAsync(McpMethods.ToolsCall))).Stream);

        // The time moves until the error is there: what is delivered again waits for it too.
        var delivered = host.Sink.NextAsync("the error");
        var ended = WhenDoneAsync(Task.WhenAll(host.StoppingAsync(), delivered));
        await host.MoveUntilAsync(ended, "the end of the drain", step: TimeSpan.FromMilliseconds(50));

        var frame = (await delivered).Frame;
        Assert.Equal(McpFrameKind.Error, frame.Kind);
        Assert.Equal(McpErrorCodes.InternalError, (int)InstanceHost.BodyOf(frame)["code"]!);
        Assert.True(await InstanceHost.WithPatienceAsync(cancelled.Task, "the cancellation of the run"));
    }

    [Fact]
    public async Task CallWithoutSession_IsAnsweredByAnError_WhenItOutlivesTheDrain()
    {
        await using var host = await InstanceHost.StartAsync(
            (_, _) => new TaskCompletionSource<McpReply>().Task, Brief);
        var outcome = await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall));
        await using var frames = host.Instance
            .FollowAsync(InstanceHost.Context(), outcome.Stream!.Call, default).GetAsyncEnumerator();
        var next = frames.MoveNextAsync().AsTask();

        var stopping = host.StoppingAsync();

        Assert.True(await host.MoveUntilAsync(next, "the error", step: TimeSpan.FromMilliseconds(50)));
        Assert.Equal(McpFrameKind.Error, frames.Current.Kind);
        Assert.False(await frames.MoveNextAsync());
        await host.MoveUntilAsync(WhenDoneAsync(stopping), "the end of the drain", step: TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Call_IsRefused_WhenTheProcessStops()
    {
        await using var host = await InstanceHost.StartAsync();
        Assert.NotNull((await host.CallAsync(McpMethods.ToolsCall)).Answer);

        await InstanceHost.WithPatienceAsync(WhenDoneAsync(host.StoppingAsync()), "the end of the drain");

        Assert.Equal(FaultReason.Unavailable, (await host.CallAsync(McpMethods.ToolsCall)).Fault?.Reason);
    }

    [Fact]
    public async Task Call_IsToldToAskAgain_WhenOtherNodesTakeTheInstance()
    {
        await using var host = await InstanceHost.StartAsync(
            null, static services => services.AddSingleton(new NodeReach(HasOtherNodes: true)));
        Assert.NotNull((await host.CallAsync(McpMethods.ToolsCall)).Answer);

        await InstanceHost.WithPatienceAsync(WhenDoneAsync(host.StoppingAsync()), "the end of the drain");

        Assert.Equal(FaultReason.Moving, (await host.CallAsync(McpMethods.ToolsCall)).Fault?.Reason);
    }

    private static void Brief(IServiceCollection services) =>
        services.Configure<InstanceOptions>(options => options.DrainTimeout = TimeSpan.FromMilliseconds(200));

    private static async Task<bool> WhenDoneAsync(Task task)
    {
        await task;
        return true;
    }
}
