using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Storage;

namespace Smcp.Sessions;

/// <summary>Calls that die with their process: a definite error, and never a second run.</summary>
public sealed class LostCallTests
{
    [Fact]
    public async Task LostCall_GetsADefiniteError_AtTheNextActivation()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(3);
        await StreamTests.DeliverAsync(host, ticket.Call, 1);
        host.Server.Alive.Clear();

        await host.CrashAsync();
        await host.ReadAsync("a", ticket.StreamId);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.BellAsync("a");
        var page = await host.ReadAsync("a", ticket.StreamId);

        Assert.Equal(2, page.Events.Count);
        Assert.True(page.Ended);
        var error = Json.Parse(page.Events[1].Message);
        Assert.Equal(3, error.GetProperty("id").GetInt32());
        Assert.Equal(-32603, error.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Single(host.Server.Calls);
    }

    [Fact]
    public async Task LostCall_GetsADefiniteError_AtTheNextHeartbeat()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(3);
        await host.ReadAsync("a", ticket.StreamId);
        host.Server.Alive.Clear();

        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await host.BellAsync("a");
        var page = await host.ReadAsync("a", ticket.StreamId);

        Assert.True(Json.Parse(Assert.Single(page.Events).Message).TryGetProperty("error", out _));
        Assert.True(page.Ended);
    }

    [Fact]
    public async Task LiveCall_GoesOn_WhenOnlyTheSessionMoved()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(3);
        await host.CrashAsync();
        await host.ReadAsync("a", ticket.StreamId);
        host.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.True(await host.DeliverAsync(ticket.Call, SessionHost.Result()));
        var page = await host.ReadAsync("a", ticket.StreamId);

        Assert.True(Json.Parse(Assert.Single(page.Events).Message).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Answer_IsNotRepeated_WhenTheProcessDiedBeforeItsRowWent()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(3);
        host.Server.Alive.Clear();
        host.Process.DiesAt = host.Process.Operations + 2;

        var delivering = host.DeliverAsync(ticket.Call, SessionHost.Result()).AsTask();
        await Task.WhenAny(delivering, host.Process.Died);
        await host.CrashAsync();
        var page = await host.ReadAsync("a", ticket.StreamId);

        Assert.True(page.Ended);
        Assert.Single(page.Events);
        Assert.False(await host.DeliverAsync(ticket.Call, SessionHost.Result()));
        Assert.NotNull((await host.StreamAsync(3)));
    }

    [Fact]
    public async Task StoreFailure_IsAFault_AndTheSessionGoesOn()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Process.Failure = new StorageUnavailableException("full");

        var refused = await host.CallAsync(1, McpMethods.ResourcesSubscribe, """{"uri":"test://a"}""");
        var accepted = await host.CallAsync(2, McpMethods.ResourcesSubscribe, """{"uri":"test://b"}""");

        Assert.Equal(FaultReason.Unavailable, refused.Fault!.Reason);
        Assert.NotNull(accepted.Answer);
        Assert.Equal(["test://b"], Assert.Single(host.Server.Subscriptions));
    }

    [Fact]
    public async Task StaleActivation_CannotAppend()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        var foreign = new LogEntry { StreamId = ticket.StreamId, Message = Json.Bytes("{}") };
        await host.Logs.AppendAsync(host.LogName, 1, [foreign.Write()], default);

        await Assert.ThrowsAnyAsync<Exception>(
            async () => await host.DeliverAsync(ticket.Call, SessionHost.Notification(1)));
        await StreamTests.DeliverAsync(host, ticket.Call, 2);

        var page = await host.ReadAsync("a", ticket.StreamId);
        Assert.Equal([1, 2], page.Events.Select(item => item.Sequence));
    }
}
