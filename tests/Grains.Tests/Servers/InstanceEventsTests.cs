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
    public void LastChange_IsSaid_WhenItEndsABurst()
    {
        var events = Events();
        for (var i = 0; i < 2_000; i++)
        {
            events.Notify(null, Frame(McpMethods.Message));
        }

        events.Notify(null, Frame(McpMethods.ToolsListChanged));
        _inbox.Start();

        Assert.Equal(McpMethods.ToolsListChanged, _heard[^1].Frame.Method);
        Assert.Equal(Max + 1, _heard.Count);
    }

    [Fact]
    public void Change_IsSaidOnce_WhenItCameOftenBeforeAnybodyLooked()
    {
        var events = Events();
        for (var i = 0; i < 2_000; i++)
        {
            events.Notify(i % 2 == 0 ? null : "s", Frame(McpMethods.ToolsListChanged));
        }

        _inbox.Start();
        events.Notify(null, Frame(McpMethods.ToolsListChanged));

        Assert.Equal([null, "s", null], _heard.ConvertAll(h => h.Session));
    }

    [Fact]
    public void Updates_AreSaidOfAnyResource_WhenMoreWaitThanMayBeToldApart()
    {
        var events = Events();
        for (var i = 0; i < 2_000; i++)
        {
            events.Notify("s", Frame(McpMethods.ResourceUpdated, $$"""{"uri":"r:{{i}}"}"""));
        }

        events.Notify("s", Frame(McpMethods.ToolsListChanged));
        _inbox.Start();

        Assert.Equal(Max + 2, _heard.Count);
        Assert.Equal((null, new ChangeNotice(McpMethods.ResourceUpdated, null)), Said(_heard[^2]));
        Assert.Equal((null, new ChangeNotice(McpMethods.ToolsListChanged, null)), Said(_heard[^1]));
    }

    private static (string?, ChangeNotice?) Said((string? Session, McpFrame Frame) heard) =>
        (heard.Session, ChangeNotice.Of(heard.Frame));

    private static McpFrame Frame(string method, string body = "{}") =>
        new() { Kind = McpFrameKind.Notification, Method = method, Body = Encoding.UTF8.GetBytes(body) };

    private InstanceEvents Events() =>
        new(_inbox, Max, (_, session, frame) => _heard.Add((session, frame)), static (_, _) => { });
}
