using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

public sealed class ParkedCallsTests
{
    private const string Elicits = """{"elicitation":{}}""";

    private static readonly string First = Script.Params(Elicits, "\"name\":\"t\",\"arguments\":{\"a\":1,\"b\":2}");

    [Fact]
    public async Task Call_ContinuesTheSameRun_WhenItsClientComesBack()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);

        var asked = await AskAsync(host);
        var request = asked["inputRequests"]!["input_1"]!;
        Assert.Equal(McpMethods.ElicitationCreate, (string?)request["method"]);
        Assert.Equal("who?", (string?)request["params"]!["message"]);
        Assert.Equal("input_required", (string?)asked["resultType"]);

        var answered = await RetryAsync(host, asked, Script.Answers(("input_1", "Ann"), ("unknown", "extra")));

        Assert.Equal("Ann", Script.TextOf(InstanceHost.ResultOf(answered)));
        Assert.Single(host.Runtime.Invoked);
    }

    [Fact]
    public async Task Questions_GoOutTogether_WhenAskedTogether()
    {
        await using var host = await InstanceHost.StartAsync(AskTwiceAsync);

        var asked = await AskAsync(host);

        Assert.Equal(["input_1", "input_2"], asked["inputRequests"]!.AsObject().Select(r => r.Key).Order());
    }

    [Fact]
    public async Task Question_IsAskedAgain_WhenItsAnswerIsMissing()
    {
        await using var host = await InstanceHost.StartAsync(AskTwiceAsync);
        var asked = await AskAsync(host);

        var outcome = await MoveAsync(host, RetryAsync(host, asked, Script.Answers(("input_1", "Ann"))));
        var again = InstanceHost.ResultOf(outcome);

        Assert.Equal(["input_2"], again["inputRequests"]!.AsObject().Select(r => r.Key));
        Assert.NotEqual((string?)asked["requestState"], (string?)again["requestState"]);
        var answered = await RetryAsync(host, again, Script.Answers(("input_2", "Bob")));
        Assert.Equal("Ann Bob", Script.TextOf(InstanceHost.ResultOf(answered)));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("{}")]
    [InlineData("{\"action\":\"maybe\"}")]
    public async Task Question_IsAskedAgain_WhenItsAnswerHasTheWrongForm(string answer)
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);

        var retry = RetryAsync(host, asked, $$"""
            "inputResponses":{"input_1":{{answer}} }
            """);
        var again = InstanceHost.ResultOf(await MoveAsync(host, retry));

        Assert.Equal("input_required", (string?)again["resultType"]);
        Assert.Single(host.Runtime.Invoked);
    }

    [Fact]
    public async Task State_IsRefused_WhenUsedTwice()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);
        await RetryAsync(host, asked, Script.Answers(("input_1", "Ann")));

        AssertRefused(await RetryAsync(host, asked, Script.Answers(("input_1", "Eve"))));
        Assert.Single(host.Runtime.Invoked);
    }

    [Fact]
    public async Task State_IsRefused_WhenAnotherPrincipalBringsIt()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);

        AssertRefused(await RetryAsync(host, asked, Script.Answers(("input_1", "Eve")), principal: "mallory"));
        var answered = await RetryAsync(host, asked, Script.Answers(("input_1", "Ann")));
        Assert.Equal("Ann", Script.TextOf(InstanceHost.ResultOf(answered)));
    }

    [Fact]
    public async Task State_IsRefused_WhenTheRequestIsAnother()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);
        var other = $"\"name\":\"t\",\"arguments\":{{\"a\":1,\"b\":3}},{Script.State(asked)}";

        AssertRefused(await host.CallAsync(McpMethods.ToolsCall, Script.Params(Elicits, other)));
    }

    [Fact]
    public async Task State_IsAccepted_WhenTheParamsAreWrittenOtherwise()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);
        var same = $"\"arguments\":{{ \"b\":2, \"a\":1 }}, \"name\":\"t\",{Script.State(asked)},"
            + Script.Answers(("input_1", "Ann"));

        var answered = await host.CallAsync(McpMethods.ToolsCall, Script.Params(Elicits, same));

        Assert.Equal("Ann", Script.TextOf(InstanceHost.ResultOf(answered)));
    }

    [Fact]
    public async Task State_IsRefused_WhenTamperedWith()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);
        asked["requestState"] = (string?)asked["requestState"] + "-TAMPERED";

        AssertRefused(await RetryAsync(host, asked, Script.Answers(("input_1", "Ann"))));
    }

    [Fact]
    public async Task State_IsRefused_WhenExpired()
    {
        var ended = new TaskCompletionSource<bool>();
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            try
            {
                return await AskOnceAsync(call, token);
            }
            finally
            {
                ended.TrySetResult(token.IsCancellationRequested);
            }
        });
        var asked = await AskAsync(host);

        Assert.True(await host.MoveUntilAsync(ended.Task, "the end of the parked call", TimeSpan.FromSeconds(10)));

        AssertRefused(await RetryAsync(host, asked, Script.Answers(("input_1", "Ann"))));
    }

    [Fact]
    public async Task State_IsRefused_WhenTheProcessDied()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);
        var asked = await AskAsync(host);

        await host.RestartAsync();

        AssertRefused(await RetryAsync(host, asked, Script.Answers(("input_1", "Ann"))));
        Assert.Empty(host.Runtime.Invoked);
    }

    [Fact]
    public async Task Call_Fails_WhenItsClientCannotBeAsked()
    {
        await using var host = await InstanceHost.StartAsync(AskOnceAsync);

        var outcome = await InstanceHost.WithPatienceAsync(
            host.CallAsync(McpMethods.ToolsCall, Script.Params()), "the fault");

        Assert.Equal(FaultReason.MissingClientCapability, outcome.Fault!.Reason);
        var data = JsonNode.Parse(outcome.Fault.Data.Span)!;
        Assert.Equal("{\"elicitation\":{}}", data["requiredCapabilities"]!.ToJsonString());
    }

    [Fact]
    public async Task Call_IsRefused_WhenTooManyOfItsPrincipalAreParked()
    {
        await using var host = await InstanceHost.StartAsync(
            AskOnceAsync, services => services.Configure<InstanceOptions>(o => o.ParkedCallsPerPrincipalMax = 1));
        await AskAsync(host);

        var outcome = await MoveAsync(host, host.CallAsync(McpMethods.ToolsCall, First));

        Assert.Equal(FaultReason.LimitExceeded, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Progress_CarriesTheTokenOfItsRequest_WhenTheCallContinues()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            var answer = await call.Output.AskAsync(Script.Elicit("who?"), token);
            await call.Output.EmitAsync(Script.Progress(1), token);
            return Script.Text(Script.NameOf(answer));
        });
        var asked = await AskAsync(host);
        var members = $"\"name\":\"t\",\"arguments\":{{\"a\":1,\"b\":2}},{Script.State(asked)},"
            + Script.Answers(("input_1", "Ann"));
        var parameters = JsonNode.Parse(Script.Params(Elicits, members))!;
        parameters["_meta"]!["progressToken"] = 7;

        var outcome = await InstanceHost.WithPatienceAsync(
            host.CallAsync(McpMethods.ToolsCall, parameters.ToJsonString()), "a ticket");

        var frames = host.Instance.FollowAsync(InstanceHost.Context(), outcome.Stream!.Call, default);
        await foreach (var frame in frames)
        {
            Assert.Equal(7, (int)InstanceHost.BodyOf(frame)["progressToken"]!);
            break;
        }
    }

    private static async Task<McpReply> AskOnceAsync(RuntimeCall call, CancellationToken cancellationToken) =>
        Script.Text(Script.NameOf(await call.Output.AskAsync(Script.Elicit("who?"), cancellationToken)));

    private static async Task<McpReply> AskTwiceAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            call.Output.AskAsync(Script.Elicit("one?"), cancellationToken).AsTask(),
            call.Output.AskAsync(Script.Elicit("two?"), cancellationToken).AsTask());
        return Script.Text(string.Join(' ', answers.Select(Script.NameOf)));
    }

    private static async Task<JsonObject> AskAsync(InstanceHost host) =>
        InstanceHost.ResultOf(await MoveAsync(host, host.CallAsync(McpMethods.ToolsCall, First)));

    // Questions are collected for a short window, by the clock.
    private static Task<McpOutcome> MoveAsync(InstanceHost host, Task<McpOutcome> call) =>
        host.MoveUntilAsync(call, "input_required", TimeSpan.FromMilliseconds(1));

    private static Task<McpOutcome> RetryAsync(
        InstanceHost host, JsonObject asked, string answers, string principal = "alice")
    {
        var members = $"\"name\":\"t\",\"arguments\":{{\"a\":1,\"b\":2}},{Script.State(asked)},{answers}";
        return host.CallAsync(McpMethods.ToolsCall, Script.Params(Elicits, members), principal);
    }

    private static void AssertRefused(McpOutcome outcome) =>
        Assert.True(
            outcome.Fault?.Reason == FaultReason.InvalidParams, $"Not refused but {InstanceHost.Describe(outcome)}");
}
