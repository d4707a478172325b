using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>A server that sends too much harms its own call, and nothing beside it.</summary>
public sealed class FrameSizeTests
{
    private const int FrameBytesMax = 2048;

    [Fact]
    public async Task Answer_IsAnError_WhenItIsOverTheLimit()
    {
        await using var host = await StartAsync((_, _) => Task.FromResult(Script.Text(new string('x', FrameBytesMax))));

        var outcome = await host.CallAsync(McpMethods.ToolsCall);

        Assert.Equal(McpErrorCodes.InternalError, CodeOf(outcome));
    }

    [Fact]
    public async Task Answer_GoesOut_WhenItIsUnderTheLimit()
    {
        await using var host = await StartAsync((_, _) => Task.FromResult(Script.Text(new string('x', 1024))));

        var outcome = await host.CallAsync(McpMethods.ToolsCall);

        Assert.False(outcome.Answer!.IsError);
    }

    [Fact]
    public async Task Call_Fails_WhenANotificationIsOverTheLimit()
    {
        await using var host = await StartAsync(async (call, token) =>
        {
            await call.Output.EmitAsync(
                Script.Progress(1) with { Body = new byte[FrameBytesMax + 1] }, token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return Script.Text("never");
        });

        var outcome = await InstanceHost.WithPatienceAsync(host.CallAsync(McpMethods.ToolsCall), "the failure");

        Assert.Equal(FaultReason.Internal, outcome.Fault?.Reason);
    }

    private static int CodeOf(McpOutcome outcome)
    {
        Assert.True(outcome.Answer is { IsError: true });
        return (int)System.Text.Json.Nodes.JsonNode.Parse(outcome.Answer!.Body.Span)!["code"]!;
    }

    private static Task<InstanceHost> StartAsync(
        Func<Runtimes.RuntimeCall, CancellationToken, Task<McpReply>> script) =>
        InstanceHost.StartAsync(script, services => services.Configure<InstanceOptions>(
            options => options.FrameBytesMax = FrameBytesMax));
}
