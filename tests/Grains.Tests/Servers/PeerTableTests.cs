using System.Text;
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

    [Fact]
    public async Task LastChange_IsAnnounced_WhenItEndsABurstOfOtherNotifications()
    {
        await using var host = await InstanceHost.StartAsync((_, _) => Task.FromResult(Script.Text("hi")));
        await host.OpenPeerAsync();

        for (var i = 0; i < 2_000; i++)
        {
            Notify(host, McpMethods.Message);
        }

        Notify(host, McpMethods.ToolsListChanged);

        var heard = 0;
        while ((await host.Sink.NextAsync("the last change")).Frame.Method != McpMethods.ToolsListChanged)
        {
            heard++;
        }

        Assert.InRange(heard, 1, 1_999);
    }

    [Fact]
    public async Task EverySubscribedResource_IsAnnounced_WhenAnyMayHaveChanged()
    {
        await using var host = await InstanceHost.StartAsync((_, _) => Task.FromResult(Script.Text("hi")));
        await host.OpenPeerAsync();
        await host.Instance.SubscribeAsync(
            InstanceHost.Context(McpRevision.V20251125), InstanceHost.Session, ["r:0", "r:1999"], default);

        Notify(host, McpMethods.ResourceUpdated);

        var heard = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            heard.Add((string?)InstanceHost.BodyOf((await host.Sink.NextAsync("an update")).Frame)["uri"]);
        }

        Assert.Equal(["r:0", "r:1999"], heard.Order());
    }

    private static void Notify(InstanceHost host, string method, string body = "{}") => host.Runtime.Events.Notify(
        null, new McpFrame { Kind = McpFrameKind.Notification, Method = method, Body = Encoding.UTF8.GetBytes(body) });
}
