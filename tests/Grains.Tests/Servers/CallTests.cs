using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

public sealed class CallTests
{
    [Fact]
    public async Task Call_IsAnsweredByValue_WhenTheAnswerIsReady()
    {
        await using var host = await InstanceHost.StartAsync((_, _) => Task.FromResult(Script.Text("hi")));

        var outcome = await host.CallAsync(McpMethods.ToolsCall);

        var result = InstanceHost.ResultOf(outcome);
        Assert.Equal("hi", Script.TextOf(result));
        Assert.Equal("complete", (string?)result["resultType"]);
        Assert.Equal("1.2.3", (string?)result["_meta"]![McpMetaKeys.ServerInfo]!["version"]);
    }

    [Fact]
    public async Task Call_GetsATicket_WhenTheWindowEnds()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await InstanceHost.StartAsync((_, _) => answer.Task);

        var outcome = await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall));

        Assert.NotNull(outcome.Stream);
        answer.SetResult(Script.Text("late"));
        var frames = await FollowAsync(host, outcome);
        Assert.Equal("late", Script.TextOf(InstanceHost.BodyOf(Assert.Single(frames))));
    }

    [Fact]
    public async Task Call_GetsATicketAtOnce_WhenTheServerEmits()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            for (var i = 1; i <= 1000; i++)
            {
                await call.Output.EmitAsync(Script.Progress(i), token);
            }

            return Script.Text("done");
        });

        var outcome = await InstanceHost.WithPatienceAsync(host.CallAsync(McpMethods.ToolsCall), "a ticket");
        var frames = await FollowAsync(host, outcome);

        Assert.Equal(1001, frames.Count);
        Assert.Equal(
            Enumerable.Range(1, 1000), frames.Take(1000).Select(f => (int)InstanceHost.BodyOf(f)["progress"]!));
        Assert.Equal(McpFrameKind.Result, frames[^1].Kind);
    }

    [Fact]
    public async Task Frames_ReachTheSessionInOrder_WhenACallOfItStreams()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            for (var i = 1; i <= 500; i++)
            {
                await call.Output.EmitAsync(Script.Progress(i), token);
            }

            return Script.Text("done");
        });
        await host.OpenPeerAsync();

        var outcome = await InstanceHost.WithPatienceAsync(host.CallInSessionAsync(McpMethods.ToolsCall), "a ticket");

        for (var i = 1; i <= 500; i++)
        {
            var (session, call, frame) = await host.Sink.NextAsync($"frame {i}");
            Assert.Equal(InstanceHost.Session, session);
            Assert.Equal(outcome.Stream!.Call, call);
            Assert.Equal(i, (int)InstanceHost.BodyOf(frame)["progress"]!);
        }

        Assert.Equal(McpFrameKind.Result, (await host.Sink.NextAsync("the result")).Frame.Kind);
    }

    [Fact]
    public async Task Session_IsUnknown_WhenTheRuntimeDoesNotHaveIt()
    {
        await using var host = await InstanceHost.StartAsync();

        var outcome = await host.CallInSessionAsync(McpMethods.ToolsCall);

        Assert.Equal(FaultReason.PeerUnknown, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Question_IsDeliveredAndAnswered_WhenTheCallHasASession()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
            Script.Text(Script.NameOf(await call.Output.AskAsync(Script.Elicit("who?"), token))));
        await host.OpenPeerAsync("""{"elicitation":{}}""");
        var outcome = await InstanceHost.WithPatienceAsync(host.CallInSessionAsync(McpMethods.ToolsCall), "a ticket");
        var question = (await host.Sink.NextAsync("the question")).Frame;

        var answer = McpReply.Result("""{"action":"accept","content":{"name":"Ann"}}"""u8.ToArray());
        await host.Instance.AnswerAsync(
            InstanceHost.Context(McpRevision.V20251125),
            outcome.Stream!.Call,
            question.QuestionId!,
            answer,
            default);

        Assert.Equal(McpFrameKind.Question, question.Kind);
        var result = (await host.Sink.NextAsync("the result")).Frame;
        Assert.Equal("Ann", Script.TextOf(InstanceHost.BodyOf(result)));
    }

    [Fact]
    public async Task Question_Fails_WhenTheSessionsClientDoesNotDeclareIt()
    {
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
            Script.Text(Script.NameOf(await call.Output.AskAsync(Script.Elicit("who?"), token))));
        await host.OpenPeerAsync();

        var outcome = await InstanceHost.WithPatienceAsync(host.CallInSessionAsync(McpMethods.ToolsCall), "the answer");

        Assert.Equal("error", Script.TextOf(InstanceHost.ResultOf(outcome)));
    }

    [Fact]
    public async Task Call_IsCancelled_WhenItsClientSaysSo()
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var host = await InstanceHost.StartAsync(async (_, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult(true));
            await cancelled.Task;
            return Script.Text("unheard");
        });
        var outcome = await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall));

        await host.Instance.CancelAsync(InstanceHost.Context(), outcome.Stream!.Call, null, default);

        Assert.True(await InstanceHost.WithPatienceAsync(cancelled.Task, "the cancellation"));
    }

    [Fact]
    public async Task Call_IsNotCancelled_WhenAnotherPrincipalSaysSo()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await InstanceHost.StartAsync((_, _) => answer.Task);
        var outcome = await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall));

        await host.Instance.CancelAsync(
            InstanceHost.Context(principal: "mallory"), outcome.Stream!.Call, null, default);

        answer.SetResult(Script.Text("safe"));
        var frames = await FollowAsync(host, outcome);
        Assert.Equal("safe", Script.TextOf(InstanceHost.BodyOf(Assert.Single(frames))));
    }

    [Fact]
    public async Task Call_IsCancelled_WhenItsReaderGoes()
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var host = await InstanceHost.StartAsync(async (call, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult(true));
            await call.Output.EmitAsync(Script.Progress(1), token);
            await cancelled.Task;
            return Script.Text("unheard");
        });
        var outcome = await InstanceHost.WithPatienceAsync(host.CallAsync(McpMethods.ToolsCall), "a ticket");

        await foreach (var frame in host.Instance.FollowAsync(InstanceHost.Context(), outcome.Stream!.Call, default))
        {
            Assert.Equal(McpMethods.Progress, frame.Method);
            break;
        }

        Assert.True(await InstanceHost.WithPatienceAsync(cancelled.Task, "the cancellation"));
    }

    [Fact]
    public async Task Call_IsCancelled_WhenNobodyFollowsIt()
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var host = await InstanceHost.StartAsync(async (_, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult(true));
            await cancelled.Task;
            return Script.Text("unheard");
        });
        await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall));

        Assert.True(await host.MoveUntilAsync(cancelled.Task, "the cancellation", TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public async Task Call_GetsADefiniteError_WhenItsDeadlinePasses()
    {
        await using var host = await InstanceHost.StartAsync(async (_, token) =>
        {
            var never = new TaskCompletionSource<McpReply>();
            return await never.Task.WaitAsync(token);
        });
        await host.OpenPeerAsync();
        await host.EndWindowAsync(host.CallInSessionAsync(McpMethods.ToolsCall));

        var next = host.Sink.NextAsync("the error");
        var (_, _, frame) = await host.MoveUntilAsync(next, "the error", TimeSpan.FromSeconds(5));

        Assert.Equal(McpFrameKind.Error, frame.Kind);
        Assert.Equal(McpErrorCodes.InternalError, (int)InstanceHost.BodyOf(frame)["code"]!);
    }

    [Fact]
    public async Task Call_EndsSooner_WhenItsDeployerGivesItLessTime()
    {
        await using var host = await InstanceHost.StartAsync(async (_, token) =>
        {
            var never = new TaskCompletionSource<McpReply>();
            return await never.Task.WaitAsync(token);
        });
        var settings = new ServerSettings
        {
            Runtime = RuntimeKind.CSharp,
            Limits = new ServerLimits { CallTime = TimeSpan.FromSeconds(20) },
        };
        host.Catalog.Definition = host.Catalog.Definition with
        {
            Deployed = new ServerVersion { Number = 1, Hash = "0", Settings = settings },
        };
        await host.OpenPeerAsync();
        await host.EndWindowAsync(host.CallInSessionAsync(McpMethods.ToolsCall));
        var begun = host.Clock.GetUtcNow();

        var next = host.Sink.NextAsync("the error");
        var (_, _, frame) = await host.MoveUntilAsync(next, "the error", TimeSpan.FromSeconds(5));

        Assert.Equal(McpFrameKind.Error, frame.Kind);
        Assert.InRange(host.Clock.GetUtcNow() - begun, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Call_GetsADefiniteError_WhenTheRuntimeEnds()
    {
        var never = new TaskCompletionSource<McpReply>();
        await using var host = await InstanceHost.StartAsync((_, _) => never.Task);
        var call = host.CallAsync(McpMethods.ToolsCall);
        var invoked = await host.EndWindowAsync(call);

        host.Runtime.Events.Ended("it crashed");
        var frames = await FollowAsync(host, invoked);

        Assert.Equal(McpFrameKind.Error, Assert.Single(frames).Kind);
        host.Factory.OnStart = runtime => runtime.OnInvoke = (_, _) => Task.FromResult(Script.Text("fresh"));
        var again = InstanceHost.ResultOf(await host.CallAsync(McpMethods.ToolsCall));
        Assert.Equal("fresh", Script.TextOf(again));
        Assert.Equal(2, host.Factory.Started.Count);
    }

    [Fact]
    public async Task Call_IsRefused_WhenItsCallerHasTooManyInFlight()
    {
        var never = new TaskCompletionSource<McpReply>();
        await using var host = await InstanceHost.StartAsync(
            (_, _) => never.Task,
            services => services.Configure<InstanceOptions>(o => o.CallsPerCallerMax = 2));
        var first = host.CallAsync(McpMethods.ToolsCall);
        var second = host.CallAsync(McpMethods.ToolsCall);

        var third = await host.CallAsync(McpMethods.ToolsCall);

        Assert.Equal(FaultReason.LimitExceeded, third.Fault!.Reason);
        await host.EndWindowAsync(first);
        Assert.NotNull((await second).Stream);
    }

    [Fact]
    public async Task Call_IsRefused_WhenThereIsNoSuchServer()
    {
        await using var host = await InstanceHost.StartAsync();

        var outcome = await host.Grains.Locate<IInstanceGrain>("default/other/shared")
            .CallAsync(InstanceHost.Context(), host.Request(McpMethods.ToolsCall), default);

        Assert.Equal(FaultReason.ServerNotFound, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Call_IsRefused_WhenItIsOfAnotherTenant()
    {
        await using var host = await InstanceHost.StartAsync();
        await host.CallAsync(McpMethods.ToolsCall);

        var foreign = InstanceHost.Context() with { Tenant = Smcp.Identity.TenantId.Parse("other") };
        var outcome = await host.Instance.CallAsync(foreign, host.Request(McpMethods.ToolsCall), default);

        Assert.Equal(FaultReason.ServerNotFound, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Attach_NamesTheCallsInFlight_WhenSomeAreNot()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await InstanceHost.StartAsync((_, _) => answer.Task);
        await host.OpenPeerAsync();
        var outcome = await host.EndWindowAsync(host.CallInSessionAsync(McpMethods.ToolsCall));
        var call = outcome.Stream!.Call;

        var inFlight = await host.Instance.AttachAsync(
            InstanceHost.Session, [call, CallId.Parse("died")], default);

        Assert.Equal([call], inFlight);
        Assert.Empty(await host.Instance.AttachAsync("default/echo/another", [call], default));
        answer.SetResult(Script.Text("done"));
        await host.Sink.NextAsync("the result");
    }

    private static async Task<List<McpFrame>> FollowAsync(InstanceHost host, McpOutcome outcome)
    {
        Assert.True(outcome.Stream is not null, $"Not a ticket but {InstanceHost.Describe(outcome)}");
        var frames = new List<McpFrame>();
        await foreach (var frame in host.Instance.FollowAsync(InstanceHost.Context(), outcome.Stream!.Call, default))
        {
            frames.Add(frame);
        }

        return frames;
    }
}
