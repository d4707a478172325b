using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

public sealed class WaitingNoticesTests
{
    private static readonly McpFrame Tools = Notice(McpMethods.ToolsListChanged);

    [Fact]
    public async Task Notice_WaitsOnce_WhenNobodyReads()
    {
        await using var host = await SessionHost.OpenAsync();
        var resource = Notice(McpMethods.ResourceUpdated, """{"uri":"a:1"}""");
        await host.DeliverAsync(null, Tools, Tools, resource);
        await host.DeliverAsync(null, resource, Tools, Notice(McpMethods.ResourceUpdated, """{"uri":"a:2"}"""));

        var get = await host.GetAsync("get");
        var page = await host.ReadAsync("get", get.StreamId, get.AfterSequence);

        Assert.Equal(
            [McpMethods.ToolsListChanged, McpMethods.ResourceUpdated, McpMethods.ResourceUpdated],
            page.Events.Select(MethodOf));
    }

    [Fact]
    public async Task Notification_WaitsEachTime_WhenItSaysMoreThanThatSomethingChanged()
    {
        await using var host = await SessionHost.OpenAsync();
        await host.DeliverAsync(null, SessionHost.Notification(1), SessionHost.Notification(1));

        var get = await host.GetAsync("get");

        Assert.Equal(2, (await host.ReadAsync("get", get.StreamId, get.AfterSequence)).Events.Count);
    }

    [Fact]
    public async Task Notice_WaitsAgain_WhenAGetTookTheOneBefore()
    {
        await using var host = await SessionHost.OpenAsync();
        await host.DeliverAsync(null, Tools);
        var get = await host.GetAsync("get");
        var first = await host.ReadAsync("get", get.StreamId, get.AfterSequence);
        await host.CloseAsync("get");

        await host.DeliverAsync(null, Tools);
        var again = await host.GetAsync("get-2", $"{get.StreamId}-{first.Events[^1].Sequence}");
        var second = await host.ReadAsync("get-2", again.StreamId, again.AfterSequence);

        Assert.Single(first.Events);
        Assert.Single(second.Events);
    }

    [Fact]
    public async Task Notice_WaitsAgain_WhenTheOneBeforeWasTrimmed()
    {
        await using var host = await SessionHost.OpenAsync(options => options.EventsMax = 16);
        await host.DeliverAsync(null, Tools);
        for (var i = 0; i < 40; i++)
        {
            await host.DeliverAsync(null, SessionHost.Notification(i));
        }

        await host.DeliverAsync(null, Tools);
        var get = await host.GetAsync("get");
        var page = await host.ReadAsync("get", get.StreamId, get.AfterSequence);

        Assert.Equal(McpMethods.ToolsListChanged, MethodOf(page.Events[^1]));
    }

    private static McpFrame Notice(string method, string body = "{}") =>
        new() { Kind = McpFrameKind.Notification, Method = method, Body = Json.Bytes(body) };

    private static string? MethodOf(SessionEvent item) => Json.Parse(item.Message).GetProperty("method").GetString();
}
