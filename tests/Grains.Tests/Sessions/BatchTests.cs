using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

public sealed class BatchTests
{
    [Fact]
    public async Task Batch_IsAnsweredInOrder_WhenAllIsReadyAtOnce()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Server.OnCall = call => new(McpOutcome.Answered(McpReply.Result(call.Call.Params)));

        var outcome = await BatchAsync(
            host,
            SessionHost.Request(1, parameters: """{"n":1}"""),
            SessionHost.Request(2, McpMethods.Ping),
            SessionHost.Request(3, McpMethods.Discover),
            SessionHost.Request(4, parameters: """{"n":4}"""));

        Assert.Null(outcome.Stream);
        Assert.Equal(4, outcome.Answers!.Count);
        Assert.Equal("""{"n":1}""", Json.Text(outcome.Answers[0].Body));
        Assert.Equal("{}", Json.Text(outcome.Answers[1].Body));
        Assert.True(outcome.Answers[2].IsError);
        Assert.Equal("""{"n":4}""", Json.Text(outcome.Answers[3].Body));
    }

    [Fact]
    public async Task Batch_SharesAStream_WhenOneCallIsSlow()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Server.OnCall = call =>
        {
            host.Server.Alive[call.Id] = true;
            return new(call.Call.Id == JsonRpcId.FromNumber(2)
                ? McpOutcome.Streaming(new StreamTicket(call.Id, 0))
                : McpOutcome.Answered(McpReply.Result(Json.Bytes("{}"))));
        };

        var outcome = await BatchAsync(
            host, SessionHost.Request(1), SessionHost.Request(2), SessionHost.Request(3, McpMethods.Ping));
        var stream = outcome.Stream!.StreamId;
        var before = await host.ReadAsync("a", stream);
        var slow = host.Server.Calls.Single(call => call.Call.Id == JsonRpcId.FromNumber(2));
        await host.DeliverAsync(slow.Id, SessionHost.Result());
        var after = await host.ReadAsync("a", stream, before.Events[^1].Sequence);

        Assert.Equal([1, 3], before.Events.Select(IdOf));
        Assert.False(before.Ended);
        Assert.Equal([2], after.Events.Select(IdOf));
        Assert.True(after.Ended);
    }

    [Fact]
    public async Task Batch_RefusesTheSecondUseOfAnId()
    {
        await using var host = await SessionHost.OpenAsync();
        host.Server.Stream();

        var outcome = await BatchAsync(host, SessionHost.Request(1), SessionHost.Request(1));
        var page = await host.ReadAsync("a", outcome.Stream!.StreamId);
        await host.DeliverAsync(host.Server.Calls.Single().Id, SessionHost.Result());
        var rest = await host.ReadAsync("a", outcome.Stream!.StreamId, page.Events[^1].Sequence);

        Assert.True(Json.Parse(Assert.Single(page.Events).Message).TryGetProperty("error", out _));
        Assert.False(page.Ended);
        Assert.Single(rest.Events);
        Assert.True(rest.Ended);
    }

    private static ValueTask<BatchOutcome> BatchAsync(SessionHost host, params McpCall[] calls) =>
        host.Session.CallBatchAsync(host.Context, calls, default);

    private static int IdOf(SessionEvent item) => Json.Parse(item.Message).GetProperty("id").GetInt32();
}
