using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

public sealed class InstanceEventsTests
{
    private const int Max = 256;

    private readonly InstanceInbox _inbox = new(NullLogger.Instance);
    private readonly List<(string? Session, McpFrame Frame)> _heard = [];

    [Fact]
    public async Task LastChange_IsSaid_WhenItEndsABurst()
    {
        var events = Events();
        for (var i = 0; i < 2_000; i++)
        {
            events.Notify(null, Frame(McpMethods.Message));
        }

        events.Notify(null, Frame(McpMethods.ToolsListChanged));
        _inbox.Start();

        var heard = await HeardAsync();
        Assert.Equal(McpMethods.ToolsListChanged, heard[^1].Frame.Method);
        Assert.Equal(Max + 1, heard.Count);
    }

    [Fact]
    public async Task Change_IsSaidOnce_WhenItCameOftenBeforeAnybodyLooked()
    {
        var events = Events();
        for (var i = 0; i < 2_000; i++)
        {
            events.Notify(i % 2 == 0 ? null : "s", Frame(McpMethods.ToolsListChanged));
        }

        _inbox.Start();
        events.Notify(null, Frame(McpMethods.ToolsListChanged));

        var heard = await HeardAsync();
        Assert.Equal([null, "s", null], heard.ConvertAll(h => h.Session));
    }

    [Fact]
    public async Task Updates_AreSaidOfAnyResource_WhenMoreWaitThanMayBeToldApart()
    {
        var events = Events();
        for (var i = 0; i < 2_000; i++)
        {
            events.Notify("s", Frame(McpMethods.ResourceUpdated, $$"""{"uri":"r:{{i}}"}"""));
        }

        events.Notify("s", Frame(McpMethods.ToolsListChanged));
        _inbox.Start();

        var heard = await HeardAsync();
        Assert.Equal(Max + 2, heard.Count);
        Assert.Equal((null, new ChangeNotice(McpMethods.ResourceUpdated, null)), Said(heard[^2]));
        Assert.Equal((null, new ChangeNotice(McpMethods.ToolsListChanged, null)), Said(heard[^1]));
    }

    private static (string?, ChangeNotice?) Said((string? Session, McpFrame Frame) heard) =>
        (heard.Session, ChangeNotice.Of(heard.Frame));

    private static McpFrame Frame(string method, string body = "{}") =>
        new() { Kind = McpFrameKind.Notification, Method = method, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>What was said, once the inbox has acted on everything that was posted so far.</summary>
    private async Task<List<(string? Session, McpFrame Frame)>> HeardAsync()
    {
        var acted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Post(acted.SetResult);
        await acted.Task;
        return _heard;
    }

    private InstanceEvents Events() =>
        new(
            _inbox,
            Max,
            (_, audience, frame) => _heard.Add((audience.Session, frame)),
            static (_, _) => { },
            static _ => { },
            static _ => { });
}
