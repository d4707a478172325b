using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_IsContinuedAfterTheLastEvent_WhenItIsResumed()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await DeliverAsync(host, ticket.Call, 1, 2, 3);
        var first = await host.ReadAsync("post", ticket.StreamId);

        var seen = first.Events[0];
        var opening = await host.GetAsync("get", $"{ticket.StreamId}-{seen.Sequence}");
        var page = await host.ReadAsync("get", opening.StreamId, opening.AfterSequence);

        Assert.Equal(ticket.StreamId, opening.StreamId);
        Assert.Equal([2, 3], page.Events.Select(NumberOf));
    }

    [Fact]
    public async Task Stream_IsContinued_AfterACrash()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await DeliverAsync(host, ticket.Call, 1, 2);

        await host.CrashAsync();
        await DeliverAsync(host, ticket.Call, 3);
        var opening = await host.GetAsync("get", $"{ticket.StreamId}-0");
        var page = await host.ReadAsync("get", opening.StreamId, opening.AfterSequence);

        Assert.Equal([1, 2, 3], page.Events.Select(NumberOf));
        Assert.False(page.Ended);
    }

    [Fact]
    public async Task Resume_EndsTheOlderConnection()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await DeliverAsync(host, ticket.Call, 1);
        await host.ReadAsync("post", ticket.StreamId);

        await host.GetAsync("get", $"{ticket.StreamId}-0");
        await host.BellAsync("post");
        var older = await host.ReadAsync("post", ticket.StreamId);
        await host.GetAsync("get-2", $"{ticket.StreamId}-0");

        Assert.True(older.Close);
        Assert.Empty(older.Events);
        Assert.True((await host.ReadAsync("get", ticket.StreamId)).Close);
        Assert.False((await host.ReadAsync("get-2", ticket.StreamId)).Close);
    }

    [Fact]
    public async Task Resume_HoldsAfterACrash_AgainstTheOlderConnection()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.ReadAsync("post", ticket.StreamId);
        await host.GetAsync("get", $"{ticket.StreamId}-0");

        await host.CrashAsync();

        Assert.True((await host.ReadAsync("post", ticket.StreamId)).Close);
        Assert.False((await host.ReadAsync("get", ticket.StreamId)).Close);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1")]
    [InlineData("99-0")]
    [InlineData("0-0")]
    [InlineData("1-999")]
    [InlineData("01-0")]
    public async Task Resume_IsRefused_WhenTheIdIsNoneOfThisSession(string lastEventId)
    {
        await using var host = await SessionHost.OpenAsync();
        await host.StreamAsync(1);

        Assert.Equal(FaultReason.UnknownStream, (await host.GetAsync("get", lastEventId)).Fault!.Reason);
    }

    [Fact]
    public async Task Bell_RingsForTheReader_WhenThereIsMore()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.ReadAsync("post", ticket.StreamId);

        await DeliverAsync(host, ticket.Call, 1);

        var bell = await host.BellAsync("post");
        Assert.Equal(ticket.StreamId, bell.StreamId);
        Assert.Equal(1, bell.Sequence);
    }

    [Fact]
    public async Task Page_IsBounded()
    {
        await using var host = await SessionHost.OpenAsync(options =>
        {
            options.PageEventsMax = 2;
            options.TailEventsMax = 1;
        });
        var ticket = await host.StreamAsync(1);
        await DeliverAsync(host, ticket.Call, 1, 2, 3);
        await host.DeliverAsync(ticket.Call, SessionHost.Result());

        var first = await host.ReadAsync("a", ticket.StreamId);
        var second = await host.ReadAsync("a", ticket.StreamId, first.Events[^1].Sequence);
        var third = await host.ReadAsync("a", ticket.StreamId, second.Events[^1].Sequence);

        Assert.Equal(2, first.Events.Count);
        Assert.True(first.More);
        Assert.False(first.Ended);
        Assert.Equal(2, second.Events.Count);
        Assert.Empty(third.Events);
        Assert.True(third.Ended);
    }

    [Fact]
    public async Task CloseConnection_ClosesAfterTheEventsBefore()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.ReadAsync("post", ticket.StreamId);

        await host.DeliverAsync(
            ticket.Call, SessionHost.Notification(1), new McpFrame { Kind = McpFrameKind.CloseConnection });
        var page = await host.ReadAsync("post", ticket.StreamId);
        var opening = await host.GetAsync("get", $"{ticket.StreamId}-1");
        await DeliverAsync(host, ticket.Call, 2);
        var rest = await host.ReadAsync("get", ticket.StreamId, opening.AfterSequence);

        Assert.Single(page.Events);
        Assert.True(page.Close);
        Assert.False(page.Ended);
        Assert.Equal([2], rest.Events.Select(NumberOf));
        Assert.False(rest.Close);
    }

    [Fact]
    public async Task CloseConnection_IsIgnored_WhenTheRevisionHasNoPolling()
    {
        await using var host = await SessionHost.StartAsync();
        host.Context = SessionHost.ContextOf("alice", McpRevision.V20250618.Value);
        await host.InitializeAsync();
        var ticket = await host.StreamAsync(1);

        await host.DeliverAsync(ticket.Call, new McpFrame { Kind = McpFrameKind.CloseConnection });

        Assert.False((await host.ReadAsync("post", ticket.StreamId)).Close);
    }

    [Fact]
    public async Task Notification_GoesToTheOpenGet_AndToNoOtherStream()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        var older = await host.GetAsync("get-1");
        var newer = await host.GetAsync("get-2");

        await host.DeliverAsync(null, SessionHost.Notification(1));

        Assert.Empty((await host.ReadAsync("get-1", older.StreamId)).Events);
        Assert.Equal([1], (await host.ReadAsync("get-2", newer.StreamId)).Events.Select(NumberOf));
        Assert.Empty((await host.ReadAsync("post", ticket.StreamId)).Events);
    }

    [Fact]
    public async Task Notification_WaitsForTheNextGet_WhenNoneIsOpen()
    {
        await using var host = await SessionHost.OpenAsync();
        await host.DeliverAsync(null, SessionHost.Notification(1));
        await host.CrashAsync();
        await host.DeliverAsync(null, SessionHost.Notification(2));

        var get = await host.GetAsync("get");
        var page = await host.ReadAsync("get", get.StreamId, get.AfterSequence);
        var next = await host.GetAsync("get-2");

        Assert.Equal([1, 2], page.Events.Select(NumberOf));
        Assert.Empty((await host.ReadAsync("get-2", next.StreamId, next.AfterSequence)).Events);
    }

    [Fact]
    public async Task Notification_WaitsForTheResumedGet_WhenThatWasClosed()
    {
        await using var host = await SessionHost.OpenAsync();
        var get = await host.GetAsync("get");
        await host.DeliverAsync(null, SessionHost.Notification(1));
        var page = await host.ReadAsync("get", get.StreamId, get.AfterSequence);
        await host.CloseAsync("get");
        await host.DeliverAsync(null, SessionHost.Notification(2));

        var resumed = await host.GetAsync("get-2", $"{get.StreamId}-{page.Events[^1].Sequence}");
        var rest = await host.ReadAsync("get-2", resumed.StreamId, resumed.AfterSequence);

        Assert.Equal(get.StreamId, resumed.StreamId);
        Assert.Equal([2], rest.Events.Select(NumberOf));
    }

    [Fact]
    public async Task Notification_WaitsForTheNextGet_WhenTheLeaseLapsed()
    {
        await using var host = await SessionHost.OpenAsync();
        var gone = await host.GetAsync("gone");
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        await host.DeliverAsync(null, SessionHost.Notification(1));
        var next = await host.GetAsync("next");

        Assert.Equal([1], (await host.ReadAsync("next", next.StreamId, next.AfterSequence)).Events.Select(NumberOf));
        Assert.Empty((await host.ReadAsync("gone", gone.StreamId, gone.AfterSequence)).Events);
    }

    [Fact]
    public async Task Get_IsRefused_WhenTooManyAreOpen()
    {
        await using var host = await SessionHost.OpenAsync(options => options.ListeningStreamsMax = 2);
        var first = await host.GetAsync("a");
        await host.GetAsync("b");

        var refused = await host.GetAsync("c");
        await host.CloseAsync("a");
        var accepted = await host.GetAsync("d");

        Assert.Equal(FaultReason.LimitExceeded, refused.Fault!.Reason);
        Assert.Null(accepted.Fault);
        Assert.Equal(FaultReason.EventsTrimmed, (await host.GetAsync("e", $"{first.StreamId}-0")).Fault!.Reason);
    }

    [Fact]
    public async Task Position_IsTrimmed_WhenTheLogWasFull()
    {
        await using var host = await SessionHost.OpenAsync(options => options.EventsMax = 8);
        var quiet = await host.StreamAsync(1);
        var loud = await host.StreamAsync(2);
        await DeliverAsync(host, quiet.Call, 1);
        await DeliverAsync(host, loud.Call, [.. Enumerable.Range(2, 20)]);
        await DeliverAsync(host, quiet.Call, 22);

        var lost = await host.ReadAsync("a", loud.StreamId);
        var kept = await host.ReadAsync("a", loud.StreamId, 19);
        var resumed = await host.GetAsync("b", $"{loud.StreamId}-2");
        var late = await host.ReadAsync("c", quiet.StreamId, 1);

        Assert.Equal(FaultReason.EventsTrimmed, lost.Fault!.Reason);
        Assert.Equal([20, 21], kept.Events.Select(NumberOf));
        Assert.Equal(FaultReason.EventsTrimmed, resumed.Fault!.Reason);
        Assert.Equal([22], late.Events.Select(NumberOf));
        Assert.True((await host.Logs.ExtentAsync(host.LogName, default)).First > 1);
    }

    [Fact]
    public async Task Position_StaysTrimmed_AfterACrash()
    {
        await using var host = await SessionHost.OpenAsync(options => options.EventBytesMax = 1024);
        var ticket = await host.StreamAsync(1);
        for (var i = 1; i <= 40; i++)
        {
            await DeliverAsync(host, ticket.Call, i);
        }

        await host.CrashAsync();

        Assert.Equal(FaultReason.EventsTrimmed, (await host.ReadAsync("a", ticket.StreamId, 1)).Fault!.Reason);
        Assert.Equal([40], (await host.ReadAsync("a", ticket.StreamId, 39)).Events.Select(NumberOf));
    }

    [Fact]
    public async Task CompletedStream_IsKeptForATime_AndThenDropped()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, SessionHost.Result());

        var kept = await host.ReadAsync("a", ticket.StreamId);
        await host.CloseAsync("a");
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        await host.Session.ExpireAsync(default);
        var dropped = await host.ReadAsync("a", ticket.StreamId);

        Assert.True(kept.Ended);
        Assert.Equal(FaultReason.EventsTrimmed, dropped.Fault!.Reason);
        var extent = await host.Logs.ExtentAsync(host.LogName, default);
        Assert.Equal(extent.Last + 1, extent.First);
    }

    [Fact]
    public async Task CompletedStream_IsDropped_WhenThereAreTooMany()
    {
        await using var host = await SessionHost.OpenAsync(options => options.CompletedStreamsMax = 2);
        var streams = new List<StreamTicket>();
        for (var i = 1; i <= 4; i++)
        {
            streams.Add(await host.StreamAsync(i));
            await host.DeliverAsync(streams[^1].Call, SessionHost.Result());
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await host.Session.ExpireAsync(default);
        var faults = new List<FaultReason?>();
        foreach (var stream in streams)
        {
            faults.Add((await host.ReadAsync("a", stream.StreamId)).Fault?.Reason);
        }

        Assert.Equal([FaultReason.EventsTrimmed, FaultReason.EventsTrimmed, null, null], faults);
    }

    [Fact]
    public async Task EventId_IsNeverUsedAgain_WhenEverythingWasTrimmed()
    {
        await using var host = await SessionHost.OpenAsync();
        var first = await host.StreamAsync(1);
        await host.DeliverAsync(first.Call, SessionHost.Result());
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        await host.Session.ExpireAsync(default);
        await host.CrashAsync();

        var second = await host.StreamAsync(1);
        await host.DeliverAsync(second.Call, SessionHost.Result());
        var page = await host.ReadAsync("a", second.StreamId);

        Assert.True(second.StreamId > first.StreamId);
        Assert.Equal(2, Assert.Single(page.Events).Sequence);
    }

    internal static async Task DeliverAsync(SessionHost host, CallId call, params int[] numbers) =>
        Assert.True(await host.DeliverAsync(call, [.. numbers.Select(n => SessionHost.Notification(n))]));

    internal static int NumberOf(SessionEvent item) =>
        Json.Parse(item.Message).GetProperty("params").GetProperty("n").GetInt32();
}
