using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Sessions;

public sealed class CallTests
{
    [Fact]
    public async Task Call_WritesNothing_WhenItIsAnsweredAtOnce()
    {
        await using var host = await SessionHost.OpenAsync();
        var before = host.Process.Operations;

        var outcome = await host.CallAsync(1);

        Assert.Equal("{}", Json.Text(outcome.Answer!.Body));
        Assert.Equal(before, host.Process.Operations);
    }

    [Fact]
    public async Task Call_IsSentAgain_WhenItsInstanceMoves()
    {
        await using var host = await SessionHost.OpenAsync();
        var asked = 0;
        host.Server.OnCall = _ => new(++asked == 1
            ? McpOutcome.Refused(FaultReason.Moving, "moving; nothing was run")
            : McpOutcome.Answered(McpReply.Result("{}"u8.ToArray())));
        var delay = new MovingOptions().RetryDelay;

        var asking = host.CallAsync(1);
        await host.Clock.WaitForTimerAsync(delay);
        host.Clock.Advance(delay);

        Assert.NotNull((await asking).Answer);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Call_HasAStream_WhenTheInstanceGivesATicket()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(7);

        await host.DeliverAsync(ticket.Call, SessionHost.Notification(1));
        await host.DeliverAsync(ticket.Call, SessionHost.Notification(2), SessionHost.Result());
        var page = await host.ReadAsync("a", ticket.StreamId);

        Assert.Equal(3, page.Events.Count);
        Assert.True(page.Ended);
        Assert.Equal(
            """{"jsonrpc":"2.0","id":7,"result":{"ok":true}}""", Json.Text(page.Events[2].Message));
    }

    [Fact]
    public async Task Call_HasOneStream_WhenDeliveryComesBeforeTheTicket()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = new TaskCompletionSource<McpOutcome>();
        var arrived = new TaskCompletionSource<CallId>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Server.OnCall = call =>
        {
            arrived.SetResult(call.Id);
            return new(ticket.Task);
        };

        var calling = host.CallAsync(1).AsTask();
        var id = await arrived.Task;
        Assert.True(await host.DeliverAsync(id, SessionHost.Notification(1), SessionHost.Result()));
        ticket.SetResult(McpOutcome.Streaming(new StreamTicket(id, 0)));
        var outcome = await calling;

        var page = await host.ReadAsync("a", outcome.Stream!.StreamId);
        Assert.Equal(2, page.Events.Count);
        Assert.True(page.Ended);
    }

    [Fact]
    public async Task Call_IsRefused_WhenItsIdIsInFlight()
    {
        await using var host = await SessionHost.OpenAsync();
        await host.StreamAsync(1);

        Assert.Equal(FaultReason.InvalidRequest, (await host.CallAsync(1)).Fault!.Reason);
    }

    [Fact]
    public async Task Call_MayUseAnIdAgain_WhenTheFirstIsOver()
    {
        await using var host = await SessionHost.OpenAsync();
        await host.CallAsync(1);
        var first = await host.StreamAsync(1);
        await host.DeliverAsync(first.Call, SessionHost.Result());

        var second = await host.StreamAsync(1);

        Assert.NotEqual(first.StreamId, second.StreamId);
        Assert.NotEqual(first.Call, second.Call);
    }

    [Fact]
    public async Task Call_IsRefused_WhenTooManyAreInFlight()
    {
        await using var host = await SessionHost.OpenAsync(options => options.CallsInFlightMax = 2);
        await host.StreamAsync(1);
        await host.StreamAsync(2);

        Assert.Equal(FaultReason.LimitExceeded, (await host.CallAsync(3)).Fault!.Reason);
    }

    [Fact]
    public async Task Call_ShowsTheSessionAgain_WhenTheRuntimeForgotIt()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Server.ForgetPeer();

        var outcome = await host.CallAsync(1);

        Assert.NotNull(outcome.Answer);
        Assert.Equal(2, host.Server.Opened.Count);
        Assert.Single(host.Server.Calls);
    }

    [Fact]
    public async Task Call_GetsADefiniteFault_WhenTheEngineFails()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Server.OnCall = _ => throw new TimeoutException();

        var outcome = await host.CallAsync(1);
        host.Server.OnCall = new FakeServer().OnCall;

        Assert.Equal(FaultReason.TimedOut, outcome.Fault!.Reason);
        Assert.NotNull((await host.CallAsync(1)).Answer);
    }

    [Fact]
    public async Task Cancel_EndsTheStreamWithoutAnswer()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(5);
        await host.DeliverAsync(ticket.Call, SessionHost.Notification(1));

        await host.NotifyAsync(McpMethods.Cancelled, """{"requestId":5,"reason":"enough"}""");

        Assert.Equal([ticket.Call], host.Server.Cancelled);
        Assert.False(await host.DeliverAsync(ticket.Call, SessionHost.Result()));
        var page = await host.ReadAsync("a", ticket.StreamId);
        Assert.Single(page.Events);
        Assert.True(page.Ended);
    }

    [Fact]
    public async Task Cancel_ReachesACallInItsWindow()
    {
        await using var host = await SessionHost.OpenAsync();
        var answer = new TaskCompletionSource<McpOutcome>();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Server.OnCall = _ =>
        {
            arrived.SetResult();
            return new(answer.Task);
        };

        var calling = host.CallAsync(5).AsTask();
        await arrived.Task;
        await host.NotifyAsync(McpMethods.Cancelled, """{"requestId":5}""");
        answer.SetResult(McpOutcome.Refused(FaultReason.Cancelled, "cancelled"));

        Assert.Equal(FaultReason.Cancelled, (await calling).Fault!.Reason);
        Assert.Single(host.Server.Cancelled);
    }

    [Theory]
    [InlineData("""{"requestId":99}""")]
    [InlineData("""{"requestId":"5"}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    public async Task Cancel_IsIgnored_WhenItNamesNoCallInFlight(string parameters)
    {
        await using var host = await SessionHost.OpenAsync();
        await host.StreamAsync(5);

        Assert.Null(await host.NotifyAsync(McpMethods.Cancelled, parameters));
        Assert.Empty(host.Server.Cancelled);
    }

    [Fact]
    public async Task Ping_IsAnsweredByTheSession()
    {
        await using var host = await SessionHost.OpenAsync();

        Assert.Equal("{}", Json.Text((await host.CallAsync(1, McpMethods.Ping)).Answer!.Body));
        Assert.Empty(host.Server.Calls);
    }

    [Theory]
    [InlineData(McpMethods.Discover, FaultReason.MethodNotFound)]
    [InlineData(McpMethods.SubscriptionsListen, FaultReason.MethodNotFound)]
    [InlineData(McpMethods.Initialize, FaultReason.InvalidRequest)]
    public async Task Call_IsRefused_WhenSessionsHaveNoSuchMethod(string method, FaultReason reason)
    {
        await using var host = await SessionHost.OpenAsync();

        Assert.Equal(reason, (await host.CallAsync(1, method)).Fault!.Reason);
    }

    [Theory]
    [InlineData("""{"level":"loud"}""")]
    [InlineData("""{"level":3}""")]
    [InlineData("{}")]
    public async Task SetLogLevel_IsRefused_WhenTheLevelIsNone(string parameters)
    {
        await using var host = await SessionHost.OpenAsync();

        var outcome = await host.CallAsync(1, McpMethods.SetLogLevel, parameters);

        Assert.Equal(FaultReason.InvalidParams, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task SetLogLevel_ReachesTheServer()
    {
        await using var host = await SessionHost.OpenAsync();

        await host.CallAsync(1, McpMethods.SetLogLevel, """{"level":"debug"}""");

        Assert.Equal(McpMethods.SetLogLevel, Assert.Single(host.Server.Calls).Call.Method);
    }

    [Fact]
    public async Task Subscribe_TellsTheInstanceTheWholeSet()
    {
        await using var host = await SessionHost.OpenAsync(options => options.SubscriptionsMax = 2);

        await host.CallAsync(1, McpMethods.ResourcesSubscribe, """{"uri":"test://a"}""");
        await host.CallAsync(2, McpMethods.ResourcesSubscribe, """{"uri":"test://b"}""");
        var full = await host.CallAsync(3, McpMethods.ResourcesSubscribe, """{"uri":"test://c"}""");
        await host.CallAsync(4, McpMethods.ResourcesUnsubscribe, """{"uri":"test://a"}""");
        var bad = await host.CallAsync(5, McpMethods.ResourcesSubscribe, """{"uri":1}""");

        Assert.Equal(FaultReason.LimitExceeded, full.Fault!.Reason);
        Assert.Equal(FaultReason.InvalidParams, bad.Fault!.Reason);
        Assert.Equal(
            [["test://a"], ["test://a", "test://b"], ["test://b"]], host.Server.Subscriptions);
    }

    [Fact]
    public async Task Subscribe_IsRefused_WhenTheServerTakesNone()
    {
        await using var host = await SessionHost.StartAsync();
        host.Server.OnOpen = static _ => McpOutcome.Answered(McpReply.Result(Json.Bytes("""{"capabilities":{}}""")));
        await host.InitializeAsync();

        var subscribe = await host.CallAsync(1, McpMethods.ResourcesSubscribe, """{"uri":"test://a"}""");
        var level = await host.CallAsync(2, McpMethods.SetLogLevel, """{"level":"debug"}""");

        Assert.Equal(FaultReason.MethodNotFound, subscribe.Fault!.Reason);
        Assert.Equal(FaultReason.MethodNotFound, level.Fault!.Reason);
    }

    [Fact]
    public async Task Notification_OfTheClientReachesTheServer()
    {
        await using var host = await SessionHost.OpenAsync();

        await host.NotifyAsync(McpMethods.RootsListChanged);
        await host.NotifyAsync(McpMethods.Progress, """{"progressToken":1,"progress":1}""");
        await host.NotifyAsync("notifications/unheard-of");

        Assert.Equal(
            [McpMethods.RootsListChanged, McpMethods.Progress], host.Server.Notifications.Select(n => n.Method));
    }
}
