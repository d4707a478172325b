using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>Tasks of clients with sessions (2025-11-25 tasks).</summary>
public sealed class SessionTaskTests
{
    [Fact]
    public async Task Call_IsAnsweredWithATask_WhenItsClientAsksForOne()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await SessionTaskScript.StartAsync(TaskSupport.Optional, (_, _) => answer.Task);

        var result = InstanceHost.ResultOf(
            await InstanceHost.WithPatienceAsync(host.CallJobAsync("""{"ttl":60000}"""), "a task"));

        var task = result["task"]!.AsObject();
        Assert.Equal("working", (string?)task["status"]);
        Assert.Equal(60_000, (long)task["ttl"]!);
        Assert.Equal(1000, (long)task["pollInterval"]!);
        Assert.NotNull(task["createdAt"]);
        Assert.NotNull(task["lastUpdatedAt"]);
        Assert.False(result.ContainsKey("resultType"));
        Assert.Equal((string?)task["taskId"], SessionTaskScript.RelatedOf(result));
        Assert.Equal("working", (string?)(await host.GetAsync(task))["status"]);

        answer.SetResult(Script.Text("done"));
        var completed = await host.UntilAsync(task, "completed");
        Assert.False(completed.ContainsKey("result"));
        Assert.False(completed.ContainsKey("_meta"));
        var final = InstanceHost.ResultOf(await host.OfTaskAsync(McpMethods.TasksResult, task));
        Assert.Equal("done", Script.TextOf(final));
        Assert.Equal((string?)task["taskId"], SessionTaskScript.RelatedOf(final));
    }

    [Theory]
    [InlineData(TaskSupport.Forbidden, true)]
    [InlineData(TaskSupport.Required, false)]
    public async Task Call_IsRefused_WhenItsToolDoesNotAllowIt(TaskSupport support, bool asTask)
    {
        await using var host = await SessionTaskScript.StartAsync(
            support, (_, _) => Task.FromResult(Script.Text("no")));
        host.Runtime.Tasks["another"] = TaskSupport.Optional;

        var outcome = await host.CallJobAsync(asTask ? "{}" : null);

        Assert.Equal(FaultReason.MethodNotFound, outcome.Fault!.Reason);
        Assert.Empty(host.Runtime.Invoked);
    }

    [Fact]
    public async Task Call_IsAnsweredDirectly_WhenItsClientDoesNotAskForATask()
    {
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional, (_, _) => Task.FromResult(Script.Text("quick")));

        Assert.Equal("quick", Script.TextOf(InstanceHost.ResultOf(await host.CallJobAsync(task: null))));
    }

    [Theory]
    [InlineData("2025-11-25", false)]
    [InlineData("2025-06-18", true)]
    public async Task TaskParameter_IsIgnored_WhereNoTasksAreOffered(string version, bool hasTaskTools)
    {
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Required, (_, _) => Task.FromResult(Script.Text("plain")));
        if (!hasTaskTools)
        {
            host.Runtime.Tasks.Clear();
        }

        var context = InstanceHost.Context(McpRevision.TryParse(version, out var revision) ? revision : null);
        var call = host.Request(McpMethods.ToolsCall, """{"name":"job","task":{}}""", InstanceHost.Session);
        var get = host.Request(McpMethods.TasksGet, """{"taskId":"x"}""", InstanceHost.Session);

        Assert.Equal(
            "plain", Script.TextOf(InstanceHost.ResultOf(await host.Instance.CallAsync(context, call, default))));
        Assert.Equal(
            FaultReason.MethodNotFound, (await host.Instance.CallAsync(context, get, default)).Fault!.Reason);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("""{"ttl":"soon"}""")]
    [InlineData("""{"ttl":-1}""")]
    public async Task Call_IsRefused_WhenTheTaskIsMalformed(string task)
    {
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional, (_, _) => Task.FromResult(Script.Text("no")));

        Assert.Equal(FaultReason.InvalidParams, (await host.CallJobAsync(task)).Fault!.Reason);
        Assert.Empty(host.Runtime.Invoked);
    }

    [Theory]
    [InlineData("{}", 3_600_000)]
    [InlineData("""{"ttl":null}""", 3_600_000)]
    [InlineData("""{"ttl":0}""", 1000)]
    [InlineData("""{"ttl":5000.0}""", 5000)]
    [InlineData("""{"ttl":1e300}""", 86_400_000)]
    public async Task Lifetime_IsWhatTheClientAsksFor_WithinLimits(string task, long ttl)
    {
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional, (_, _) => Task.FromResult(Script.Text("ok")));

        Assert.Equal(ttl, (long)(await host.CreateAsync(task))["ttl"]!);
    }

    [Fact]
    public async Task Task_BecomesFailedAndKeepsItsResult_WhenTheToolFails()
    {
        var failure = McpReply.Result(Encoding.UTF8.GetBytes(
            """{"content":[{"type":"text","text":"no disk"}],"isError":true,"_meta":{"own":1}}"""));
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional, (_, _) => Task.FromResult(failure));
        var task = await host.CreateAsync();

        var failed = await host.UntilAsync(task, "failed");
        Assert.Equal("no disk", (string?)failed["statusMessage"]);
        var result = InstanceHost.ResultOf(await host.OfTaskAsync(McpMethods.TasksResult, task));
        Assert.True((bool)result["isError"]!);
        Assert.Equal(1, (int)result["_meta"]!["own"]!);
        Assert.Equal((string?)task["taskId"], SessionTaskScript.RelatedOf(result));
    }

    [Fact]
    public async Task Result_IsTheVeryError_WhenTheRequestEndedInOne()
    {
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Required, (_, _) => Task.FromResult(McpReply.Error(JsonRpcWriter.Error(-32000, "broken"))));
        var task = await host.CreateAsync();

        Assert.Equal("broken", (string?)(await host.UntilAsync(task, "failed"))["statusMessage"]);
        var answer = (await host.OfTaskAsync(McpMethods.TasksResult, task)).Answer!;
        Assert.True(answer.IsError);
        Assert.Equal("""{"code":-32000,"message":"broken"}""", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task Result_BlocksAndAsks_WhenTheTaskNeedsInput()
    {
        await using var host = await SessionTaskScript.StartAsync(TaskSupport.Optional, async (call, token) =>
            Script.Text(Script.NameOf(await call.Output.AskAsync(Script.Elicit("who?"), token))));
        var task = await host.CreateAsync();
        await host.UntilAsync(task, "input_required");

        var outcome = await host.OfTaskAsync(McpMethods.TasksResult, task);
        var (_, call, question) = await NextAsync(host, McpFrameKind.Question);

        Assert.Equal(outcome.Stream!.Call, call);
        Assert.Equal(McpMethods.ElicitationCreate, question.Method);
        Assert.Equal((string?)task["taskId"], SessionTaskScript.RelatedOf(InstanceHost.BodyOf(question)));
        Assert.Equal("who?", (string?)InstanceHost.BodyOf(question)["message"]);
        await host.Instance.AnswerAsync(
            InstanceHost.Context(McpRevision.V20251125), call!.Value, question.QuestionId!, Named("Ann"), default);
        var (_, answered, final) = await NextAsync(host, McpFrameKind.Result);
        Assert.Equal(call, answered);
        Assert.Equal("Ann", Script.TextOf(InstanceHost.BodyOf(final)));
        Assert.Equal("completed", (string?)(await host.GetAsync(task))["status"]);
    }

    [Fact]
    public async Task Question_IsAnsweredOnce_WhenTwoWaitForTheResult()
    {
        await using var host = await SessionTaskScript.StartAsync(TaskSupport.Optional, async (call, token) =>
            Script.Text(Script.NameOf(await call.Output.AskAsync(Script.Elicit("who?"), token))));
        var task = await host.CreateAsync();
        await host.UntilAsync(task, "input_required");
        await host.OfTaskAsync(McpMethods.TasksResult, task);
        await host.OfTaskAsync(McpMethods.TasksResult, task);
        var (_, first, question) = await NextAsync(host, McpFrameKind.Question);
        await NextAsync(host, McpFrameKind.Question);

        // The client refuses: the tool learns it, and both that wait learn how it ended.
        var refusal = McpReply.Error(JsonRpcWriter.Error(-1, "not now"));
        await host.Instance.AnswerAsync(
            InstanceHost.Context(McpRevision.V20251125), first!.Value, question.QuestionId!, refusal, default);

        Assert.Equal("error", Script.TextOf(InstanceHost.BodyOf((await NextAsync(host, McpFrameKind.Result)).Frame)));
        Assert.Equal("error", Script.TextOf(InstanceHost.BodyOf((await NextAsync(host, McpFrameKind.Result)).Frame)));
    }

    [Fact]
    public async Task Task_IsCancelledOnce_WhenItsClientSaysSo()
    {
        var stopped = new TaskCompletionSource<bool>();
        await using var host = await SessionTaskScript.StartAsync(TaskSupport.Optional, async (_, token) =>
        {
            await using var registration = token.Register(() => stopped.TrySetResult(true));
            await stopped.Task;
            return Script.Text("too late");
        });
        var task = await host.CreateAsync();

        var cancelled = InstanceHost.ResultOf(await host.OfTaskAsync(McpMethods.TasksCancel, task));

        Assert.Equal("cancelled", (string?)cancelled["status"]);
        Assert.True(await InstanceHost.WithPatienceAsync(stopped.Task, "the cancellation"));
        Assert.Equal("cancelled", (string?)(await host.GetAsync(task))["status"]);
        Assert.Equal(
            FaultReason.InvalidParams, (await host.OfTaskAsync(McpMethods.TasksCancel, task)).Fault!.Reason);
        Assert.True((await host.OfTaskAsync(McpMethods.TasksResult, task)).Answer!.IsError);
    }

    [Fact]
    public async Task Task_OutlivesItsSession_AndItsProgressIsMarked()
    {
        var go = new TaskCompletionSource();
        await using var host = await SessionTaskScript.StartAsync(TaskSupport.Optional, async (call, token) =>
        {
            await call.Output.EmitAsync(Script.Progress(1), token);
            await go.Task;
            return Script.Text("done");
        });
        var task = await host.CreateAsync();

        var (_, call, progress) = await NextAsync(host, McpFrameKind.Notification);
        Assert.Null(call);
        Assert.Equal(McpMethods.Progress, progress.Method);
        Assert.Equal((string?)task["taskId"], SessionTaskScript.RelatedOf(InstanceHost.BodyOf(progress)));
        await host.Instance.ClosePeerAsync(InstanceHost.Session, default);
        await host.OpenPeerAsync(session: InstanceHost.Session);
        go.SetResult();

        await host.UntilAsync(task, "completed");
        var (_, _, status) = await NextAsync(host, McpFrameKind.Notification);
        Assert.Equal(McpMethods.TaskStatus, status.Method);
        Assert.Equal("completed", (string?)InstanceHost.BodyOf(status)["status"]);
        Assert.Null(SessionTaskScript.RelatedOf(InstanceHost.BodyOf(status)));
    }

    [Fact]
    public async Task Task_IsNotRun_WhenTooManyRun()
    {
        var never = new TaskCompletionSource<McpReply>();
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional,
            (_, _) => never.Task,
            services => services.Configure<TaskOptions>(o => o.RunningPerPrincipalMax = 1));
        await host.CreateAsync();

        Assert.Equal(FaultReason.LimitExceeded, (await host.CallJobAsync()).Fault!.Reason);
        Assert.Single(host.Runtime.Invoked);
    }

    [Fact]
    public async Task Task_BecomesFailed_WhenItsProcessDied()
    {
        var never = new TaskCompletionSource<McpReply>();
        await using var host = await SessionTaskScript.StartAsync(TaskSupport.Optional, (_, _) => never.Task);
        var task = await host.CreateAsync();

        await host.RestartAsync();
        await host.OpenPeerAsync();

        Assert.Equal("failed", (string?)(await host.GetAsync(task))["status"]);
        Assert.True((await host.OfTaskAsync(McpMethods.TasksResult, task)).Answer!.IsError);
    }

    [Theory]
    [InlineData(McpMethods.TasksGet)]
    [InlineData(McpMethods.TasksResult)]
    [InlineData(McpMethods.TasksCancel)]
    public async Task Task_IsUnknown_ToOthersAndOnceExpired(string method)
    {
        await using var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional, (_, _) => new TaskCompletionSource<McpReply>().Task);
        var task = await host.CreateAsync("""{"ttl":5000}""");
        var parameters = $$"""{"taskId":"{{task["taskId"]}}"}""";

        var foreign = await host.Instance.CallAsync(
            InstanceHost.Context(McpRevision.V20251125, "mallory"),
            host.Request(method, parameters, InstanceHost.Session),
            default);
        AssertUnknown(foreign);
        AssertUnknown(await host.CallInSessionAsync(method, """{"taskId":"never-made"}"""));
        AssertUnknown(await host.CallInSessionAsync(method));
        host.Clock.Advance(TimeSpan.FromSeconds(6));
        AssertUnknown(await host.OfTaskAsync(method, task));
    }

    private static void AssertUnknown(McpOutcome outcome)
    {
        var code = outcome.Answer is { IsError: true } answer
            ? (int)JsonNode.Parse(answer.Body.Span)!["code"]!
            : FaultCodes.CodeOf(outcome.Fault!.Reason);
        Assert.Equal(McpErrorCodes.InvalidParams, code);
    }

    private static McpReply Named(string name) => McpReply.Result(
        Encoding.UTF8.GetBytes($$$"""{"action":"accept","content":{"name":"{{{name}}}"}}"""));

    /// <summary>The next frame of a kind that a session gets; time goes on meanwhile.</summary>
    private static async Task<(string Session, CallId? Call, McpFrame Frame)> NextAsync(
        InstanceHost host, McpFrameKind kind)
    {
        while (true)
        {
            var next = await host.Sink.NextAsync(kind.ToString());
            if (next.Frame.Kind == kind)
            {
                return next;
            }
        }
    }
}
