using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

public sealed class ParkedCallsTests : IDisposable
{
    private const string Elicits = """{"elicitation":{}}""";

    private readonly SemaphoreSlim _asked = new(0);

    private static readonly string First = Script.Params(Elicits, "\"name\":\"t\",\"arguments\":{\"a\":1,\"b\":2}");

    public void Dispose() => _asked.Dispose();

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

        var outcome = await host.EndQuestionWindowAsync(RetryAsync(host, asked, Script.Answers(("input_1", "Ann"))));
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
        var again = InstanceHost.ResultOf(await host.EndQuestionWindowAsync(retry));

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

        var outcome = await ParkAsync(host, host.CallAsync(McpMethods.ToolsCall, First));

        Assert.Equal(FaultReason.LimitExceeded, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Progress_CarriesTheTokenOfItsRequest_WhenTheCallContinues()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            var answer = await AskOnceAsync(call, token);
            await call.Output.EmitAsync(Script.Progress(1), token);
            return answer;
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

    private async Task<McpReply> AskOnceAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var answer = call.Output.AskAsync(Script.Elicit("who?"), cancellationToken).AsTask();
        _asked.Release();
        return Script.Text(Script.NameOf(await answer));
    }

    private async Task<McpReply> AskTwiceAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var first = call.Output.AskAsync(Script.Elicit("one?"), cancellationToken).AsTask();
        var second = call.Output.AskAsync(Script.Elicit("two?"), cancellationToken).AsTask();
        _asked.Release();
        return Script.Text(string.Join(' ', (await Task.WhenAll(first, second)).Select(Script.NameOf)));
    }

    private async Task<JsonObject> AskAsync(InstanceHost host) =>
        InstanceHost.ResultOf(await ParkAsync(host, host.CallAsync(McpMethods.ToolsCall, First)));

    /// <summary>A call whose server asks: its outcome at the end of the window that collects questions.</summary>
    private async Task<McpOutcome> ParkAsync(InstanceHost host, Task<McpOutcome> call)
    {
        Assert.True(await _asked.WaitAsync(InstanceHost.Patience), "The server did not ask.");
        return await host.EndQuestionWindowAsync(call);
    }

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
