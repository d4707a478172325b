using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Storage;

namespace Smcp.Servers;

public sealed class HeldStatesTests
{
    private const string Elicits = """{"elicitation":{}}""";

    [Fact]
    public async Task State_ComesBackToTheServer_WhenTheClientBringsIt()
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);
        var asked = await CallAsync(host);

        Assert.NotEqual("secret", (string?)asked["requestState"]);
        var answered = await CallAsync(host, asked);

        Assert.Equal("state-ok", Script.TextOf(answered));
    }

    [Fact]
    public async Task State_ComesBackToTheServer_WhenTheProcessRestarted()
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);
        var asked = await CallAsync(host);

        await host.RestartAsync();
        var answered = await CallAsync(host, asked);

        Assert.Equal("state-ok", Script.TextOf(answered));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task State_IsRefused_WhenUsedBefore(bool restarted)
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);
        var asked = await CallAsync(host);
        await CallAsync(host, asked);
        if (restarted)
        {
            await host.RestartAsync();
        }

        var outcome = await host.CallAsync(McpMethods.ToolsCall, Params(asked));

        Assert.Equal(FaultReason.InvalidParams, outcome.Fault!.Reason);
        Assert.DoesNotContain(host.Runtime.Invoked.Skip(restarted ? 0 : 2), _ => true);
    }

    [Fact]
    public async Task State_IsTaken_WhenTheStoreCannotBeReadTheFirstTime()
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);
        var asked = await CallAsync(host);
        host.Logs.BeforeExtent = _ =>
        {
            host.Logs.BeforeExtent = null;
            throw new StorageUnavailableException("The store is away.");
        };

        await Assert.ThrowsAnyAsync<Exception>(() => host.CallAsync(McpMethods.ToolsCall, Params(asked)));
        var answered = await CallAsync(host, asked);

        Assert.Equal("state-ok", Script.TextOf(answered));
    }

    [Fact]
    public async Task State_IsUsedOnce_WhenBroughtTwiceAtOnce()
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);
        var asked = await CallAsync(host);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => host.CallAsync(McpMethods.ToolsCall, Params(asked))));

        Assert.Single(outcomes, o => o.Answer is not null);
        Assert.Equal(7, outcomes.Count(o => o.Fault?.Reason == FaultReason.InvalidParams));
    }

    [Fact]
    public async Task State_IsTaken_WhenThoseThatFilledTheMemoryExpired()
    {
        await using var host = await InstanceHost.StartAsync(
            HoldAsync,
            services => services.Configure<InstanceOptions>(options =>
            {
                options.ConsumedStatesMax = 1;
                options.ParkedLifetime = TimeSpan.FromSeconds(10);
            }));
        await CallAsync(host, await CallAsync(host));
        var refused = await host.CallAsync(McpMethods.ToolsCall, Params(await CallAsync(host)));

        host.Clock.Advance(TimeSpan.FromSeconds(11));
        var answered = await CallAsync(host, await CallAsync(host));

        Assert.Equal(FaultReason.LimitExceeded, refused.Fault?.Reason);
        Assert.Equal("state-ok", Script.TextOf(answered));
    }

    [Fact]
    public async Task Request_IsRun_WhenItBringsAnswersWithoutState()
    {
        await using var host = await InstanceHost.StartAsync((_, _) => Task.FromResult(Script.Text("hi")));
        var parameters = Script.Params(Elicits, "\"name\":\"t\"," + Script.Answers(("user_name", "Ann")));

        var outcome = await host.CallAsync(McpMethods.ToolsCall, parameters);

        Assert.Equal("hi", Script.TextOf(InstanceHost.ResultOf(outcome)));
    }

    [Fact]
    public async Task Question_IsNotPassedOn_WhenTheClientDoesNotDeclareIt()
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);

        var outcome = await host.CallAsync(McpMethods.ToolsCall, Script.Params());

        Assert.True(outcome.Answer!.IsError);
        var error = JsonNode.Parse(outcome.Answer.Body.Span)!;
        Assert.Equal(McpErrorCodes.MissingClientCapability, (int)error["code"]!);
    }

    [Fact]
    public async Task InputRequired_BecomesAnError_WhenTheMethodDoesNotAllowIt()
    {
        await using var host = await InstanceHost.StartAsync(HoldAsync);

        var outcome = await host.CallAsync(McpMethods.ToolsList, Script.Params(Elicits));

        Assert.True(outcome.Answer!.IsError);
    }

    private static Task<McpReply> HoldAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var state = RawJson.Parse(call.Call.Params)?.Text("requestState");
        return Task.FromResult(state switch
        {
            null => McpReply.Result("""
                {"resultType":"input_required","requestState":"secret","inputRequests":
                {"ok":{"method":"elicitation/create","params":{"message":"ok?"}}}}
                """u8.ToArray()),
            "secret" => Script.Text("state-ok"),
            _ => Script.Text($"strange state {state}"),
        });
    }

    private static async Task<JsonObject> CallAsync(InstanceHost host, JsonObject? asked = null) =>
        InstanceHost.ResultOf(await host.CallAsync(McpMethods.ToolsCall, Params(asked)));

    private static string Params(JsonObject? asked)
    {
        var back = asked is null ? string.Empty : $",{Script.State(asked)},{Script.Answers(("ok", "Ann"))}";
        return Script.Params(Elicits, $"\"name\":\"t\"{back}");
    }
}
