using Smcp.Mcp;

namespace Smcp.Sessions;

/// <summary>
/// A delivery may come again, as its server cannot know whether it arrived: each frame is taken once.
/// </summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Delivery_IsTakenOnce_WhenItComesAgain()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, Numbered(1), Numbered(2));

        Assert.True(await host.DeliverAsync(ticket.Call, Numbered(1), Numbered(2)));
        Assert.True(await host.DeliverAsync(ticket.Call, Numbered(2), Numbered(3)));

        Assert.Equal([1, 2, 3], await ReadAsync(host, ticket));
    }

    [Fact]
    public async Task Delivery_IsTakenOnce_WhenTheSessionMovedMeanwhile()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, Numbered(1), Numbered(2));
        await host.CrashAsync();

        Assert.True(await host.DeliverAsync(ticket.Call, Numbered(1), Numbered(2), Numbered(3)));

        Assert.Equal([1, 2, 3], await ReadAsync(host, ticket));
    }

    [Fact]
    public async Task Calls_AreNumberedEachByItself()
    {
        await using var host = await SessionHost.OpenAsync();
        var first = await host.StreamAsync(1);
        var second = await host.StreamAsync(2);
        await host.DeliverAsync(first.Call, Numbered(1), Numbered(2));
        await host.CrashAsync();

        await host.DeliverAsync(second.Call, Numbered(1), Numbered(2));

        Assert.Equal([1, 2], await ReadAsync(host, second));
    }

    [Fact]
    public async Task Answer_EndsTheCall_WhenItComesAgainWithWhatCameBefore()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, Numbered(1));

        await host.DeliverAsync(ticket.Call, Numbered(1), SessionHost.Result() with { Number = 2 });
        var again = await host.DeliverAsync(ticket.Call, Numbered(1), SessionHost.Result() with { Number = 2 });
        var page = await host.ReadAsync("a", ticket.StreamId);

        Assert.False(again);
        Assert.True(page.Ended);
        Assert.Equal(2, page.Events.Count);
    }

    private static McpFrame Numbered(int number) => SessionHost.Notification(number) with { Number = number };

    private static async Task<IEnumerable<int>> ReadAsync(SessionHost host, StreamTicket ticket) =>
        (await host.ReadAsync("a", ticket.StreamId)).Events.Select(StreamTests.NumberOf);
}
