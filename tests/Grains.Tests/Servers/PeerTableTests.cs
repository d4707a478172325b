using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

public sealed class PeerTableTests
{
    [Fact]
    public async Task ChangeNotice_IsDeliveredOnceMore_WhenItCameOftenDuringADelivery()
    {
        await using var host = await InstanceHost.StartAsync((_, _) => Task.FromResult(Script.Text("hi")));
        await host.OpenPeerAsync();
        var entered = new TaskCompletionSource<bool>();
        var release = new TaskCompletionSource();
        host.Sink.OnDeliver = async _ =>
        {
            entered.TrySetResult(true);
            await release.Task;
            return true;
        };

        Notify(host, McpMethods.ToolsListChanged);
        await InstanceHost.WithPatienceAsync(entered.Task, "the first delivery");
        for (var i = 0; i < 20; i++)
        {
            Notify(host, McpMethods.ToolsListChanged);
        }

        Notify(host, McpMethods.PromptsListChanged);
        await host.CallAsync(McpMethods.ToolsCall, Script.Params(members: "\"name\":\"t\""));
        release.SetResult();

        var methods = new List<string?>();
        while (methods.LastOrDefault() != McpMethods.PromptsListChanged)
        {
            methods.Add((await host.Sink.NextAsync("the notices")).Frame.Method);
        }

        Assert.Equal(
            [McpMethods.ToolsListChanged, McpMethods.ToolsListChanged, McpMethods.PromptsListChanged], methods);
    }

    private static void Notify(InstanceHost host, string method) => host.Runtime.Events.Notify(
        null, new McpFrame { Kind = McpFrameKind.Notification, Method = method, Body = "{}"u8.ToArray() });
}
