using Smcp.Mcp;

namespace Smcp.Sessions;

public sealed class ExpiryTests
{
    [Fact]
    public async Task Session_Expires_WhenItIsIdle()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull((await host.CallAsync(1)).Answer);
        host.Clock.Advance(TimeSpan.FromMinutes(67));

        Assert.Equal(FaultReason.SessionNotFound, (await host.CallAsync(2)).Fault!.Reason);
        await Wait.UntilAsync(() => host.States.States.Count == 0, "the session's state removed");
    }

    [Fact]
    public async Task Session_Expires_WhenItIsTooOld()
    {
        await using var host = await SessionHost.OpenAsync(options => options.AbsoluteTimeout = TimeSpan.FromHours(2));
        for (var i = 0; i < 3; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(39));
            Assert.NotNull((await host.CallAsync(i)).Answer);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(39));

        Assert.Equal(FaultReason.SessionNotFound, (await host.CallAsync(9)).Fault!.Reason);
    }

    [Fact]
    public async Task LastUse_IsWrittenOnceInATenthOfTheIdleTimeout()
    {
        await using var host = await SessionHost.OpenAsync();
        var before = host.Process.Operations;
        for (var i = 0; i < 10; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.CallAsync(i);
        }

        await Wait.UntilAsync(() => host.Process.Operations > before, "the last use written");
        Assert.Equal(before + 1, host.Process.Operations);
    }

    [Fact]
    public async Task Session_LivesOnAfterACrash_AsLongAsItWasUsed()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.CallAsync(1);
        await host.CrashAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.NotNull((await host.CallAsync(2)).Answer);
    }

    [Fact]
    public async Task Delete_LeavesNothingBehind()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 1);
        await host.InitializeAsync();
        var ticket = await host.StreamAsync(1);
        await StreamTests.DeliverAsync(host, ticket.Call, 1);
        await host.ReadAsync("a", ticket.StreamId);

        Assert.Null(await host.Session.DeleteAsync(host.Context, default));

        await host.BellAsync("a");
        Assert.Empty(host.States.States);
        Assert.Equal(default, await host.Logs.ExtentAsync(host.LogName, default));
        Assert.Single(host.Server.Closed);
        Assert.Equal(FaultReason.SessionNotFound, (await host.ReadAsync("a", ticket.StreamId)).Fault!.Reason);
        Assert.Equal(FaultReason.SessionNotFound, (await host.CallAsync(1)).Fault!.Reason);
        Assert.False(await host.DeliverAsync(ticket.Call, SessionHost.Result()));
        host.Key = host.Key with { Session = SessionId.Parse("session-2") };
        Assert.NotNull((await host.InitializeAsync()).Answer);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task Delete_IsCompletedByTheTenant_WhenTheProcessDiedMidway(int write, bool after)
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await StreamTests.DeliverAsync(host, ticket.Call, 1);
        host.Process.DiesAt = host.Process.Operations + write;
        host.Process.DiesAfter = after;

        var deleting = host.Session.DeleteAsync(host.Context, default).AsTask();
        await Task.WhenAny(deleting, host.Process.Died);
        Assert.True(host.Process.Died.IsCompleted, $"{write} writes and no death");
        await host.CrashAsync();

        Assert.Equal(FaultReason.SessionNotFound, (await host.CallAsync(2)).Fault!.Reason);
        host.Clock.Advance(TimeSpan.FromMinutes(90));
        await Wait.UntilAsync(() => host.Reminders.Addresses.Count == 0, "the sweep that removes the last session");
        Assert.Empty(host.States.States);
        Assert.Equal(default, await host.Logs.ExtentAsync(host.LogName, default));
    }

    [Fact]
    public async Task Sweep_EndsSessionsThatNobodyAsksFor()
    {
        await using var host = await SessionHost.OpenAsync();

        host.Clock.Advance(TimeSpan.FromHours(3));

        await Wait.UntilAsync(() => host.Reminders.Addresses.Count == 0, "the sweep that removes the last session");
        Assert.Empty(host.States.States);
        Assert.NotEmpty(host.Server.Closed);
    }

    [Fact]
    public async Task Session_LeavesMemory_WhenItIsIdle()
    {
        await using var host = await SessionHost.OpenAsync();

        await Wait.UntilAsync(
            () => !host.Server.Closed.IsEmpty,
            "the peer closed when the session rests",
            () => host.Clock.Advance(TimeSpan.FromMinutes(2)));
        host.Server.ForgetPeer();
        Assert.NotNull((await host.CallAsync(1)).Answer);
    }

    [Fact]
    public async Task Session_StaysInMemory_WhileAStreamIsOpen()
    {
        await using var host = await SessionHost.OpenAsync();
        var get = await host.GetAsync("a");
        for (var i = 0; i < 20; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.Null((await host.ReadAsync("a", get.StreamId)).Fault);
        }

        Assert.Empty(host.Server.Closed);
    }
}
