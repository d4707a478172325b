using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

public sealed class QuestionTests
{
    private static readonly McpReply Yes = McpReply.Result(Json.Bytes("""{"action":"accept"}"""));

    [Fact]
    public async Task Question_ReachesTheClient_AndItsAnswerTheInstance()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);

        await host.DeliverAsync(ticket.Call, SessionHost.Notification(1), SessionHost.Question("input_1"));
        var page = await host.ReadAsync("a", ticket.StreamId);
        var asked = Json.Parse(page.Events[1].Message);
        Assert.Null(await AnswerAsync(host, asked.GetProperty("id").GetString()!));

        Assert.Equal(McpMethods.ElicitationCreate, asked.GetProperty("method").GetString());
        Assert.Equal("q-1", asked.GetProperty("id").GetString());
        var answer = Assert.Single(host.Server.Answers);
        Assert.Equal((ticket.Call, "input_1"), (answer.Call, answer.Question));
        Assert.Equal(Json.Text(Yes.Body), Json.Text(answer.Answer.Body));
    }

    [Fact]
    public async Task Answer_IsTakenOnce()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, SessionHost.Question("input_1"));

        await AnswerAsync(host, "q-1");
        Assert.Null(await AnswerAsync(host, "q-1"));
        Assert.Null(await AnswerAsync(host, "q-9"));
        Assert.Null(await host.Session.AnswerAsync(host.Context, JsonRpcId.FromNumber(1), Yes, default));

        Assert.Single(host.Server.Answers);
    }

    [Fact]
    public async Task Answer_IsHandedOverAgain_WhenTheProcessDiedBefore()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, SessionHost.Question("input_1"));
        host.Server.AnswerFailure = new TimeoutException();
        await AnswerAsync(host, "q-1");
        Assert.Empty(host.Server.Answers);

        await host.CrashAsync();
        await host.Session.DescribeAsync(host.Context, default);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => !host.Server.Answers.IsEmpty, "the answer handed over again");

        Assert.Equal("input_1", Assert.Single(host.Server.Answers).Question);
    }

    [Fact]
    public async Task Question_IsAskedOnce_WhenItsDeliveryIsRepeated()
    {
        await using var host = await SessionHost.OpenAsync();
        var ticket = await host.StreamAsync(1);
        await host.DeliverAsync(ticket.Call, SessionHost.Question("input_1"));
        await host.DeliverAsync(ticket.Call, SessionHost.Question("input_1"));
        await host.CrashAsync();
        await host.DeliverAsync(ticket.Call, SessionHost.Question("input_1"));

        Assert.Single((await host.ReadAsync("a", ticket.StreamId)).Events);
    }

    [Fact]
    public async Task QuestionNumber_IsNeverUsedAgain()
    {
        await using var host = await SessionHost.OpenAsync();
        var first = await host.StreamAsync(1);
        await host.DeliverAsync(first.Call, SessionHost.Question("input_1"));
        await host.DeliverAsync(first.Call, SessionHost.Result());
        await host.CrashAsync();

        var second = await host.StreamAsync(2);
        await host.DeliverAsync(second.Call, SessionHost.Question("input_1"));
        var asked = Json.Parse((await host.ReadAsync("a", second.StreamId)).Events[0].Message);
        await AnswerAsync(host, "q-1");

        Assert.Equal("q-2", asked.GetProperty("id").GetString());
        Assert.Empty(host.Server.Answers);
    }

    [Fact]
    public async Task Question_IsRefused_WhenTooManyAreOpen()
    {
        await using var host = await SessionHost.OpenAsync(options => options.QuestionsMax = 1);
        var ticket = await host.StreamAsync(1);

        await host.DeliverAsync(ticket.Call, SessionHost.Question("input_1"), SessionHost.Question("input_2"));

        var refused = Assert.Single(host.Server.Answers);
        Assert.Equal("input_2", refused.Question);
        Assert.True(refused.Answer.IsError);
        Assert.Single((await host.ReadAsync("a", ticket.StreamId)).Events);
    }

    private static ValueTask<McpFault?> AnswerAsync(SessionHost host, string id) =>
        host.Session.AnswerAsync(host.Context, JsonRpcId.FromText(id), Yes, default);
}
