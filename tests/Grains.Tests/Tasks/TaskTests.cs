using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

public sealed class TaskTests
{
    private const string Knows =
        """{"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}""";

    private static readonly string Tool = Script.Params(Knows, "\"name\":\"job\"");

    [Fact]
    public async Task Call_BecomesATask_WhenTheWindowEnds()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await StartAsync(TaskSupport.Optional, (_, _) => answer.Task);

        var created = InstanceHost.ResultOf(
            await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall, Tool)));

        Assert.Equal("task", (string?)created["resultType"]);
        Assert.Equal("working", (string?)created["status"]);
        Assert.Equal(3_600_000, (long)created["ttlMs"]!);
        Assert.False(created.ContainsKey("result"));
        Assert.Equal("working", (string?)(await GetAsync(host, created))["status"]);
        answer.SetResult(Script.Text("done"));
        var completed = await UntilAsync(host, created, "completed");
        Assert.Equal("done", Script.TextOf(completed["result"]!.AsObject()));
    }

    [Fact]
    public async Task Call_IsAnsweredDirectly_WhenItMayBeATaskAndIsQuick()
    {
        await using var host = await StartAsync(
            TaskSupport.Optional, (_, _) => Task.FromResult(Script.Text("quick")));

        var result = InstanceHost.ResultOf(await host.CallAsync(McpMethods.ToolsCall, Tool));

        Assert.Equal("quick", Script.TextOf(result));
    }

    [Fact]
    public async Task Call_BecomesATask_WhenItMustBeOneThoughItIsQuick()
    {
        await using var host = await StartAsync(
            TaskSupport.Required, (_, _) => Task.FromResult(McpReply.Error(JsonRpcWriter.Error(-32000, "broken"))));

        var created = InstanceHost.ResultOf(await host.CallAsync(McpMethods.ToolsCall, Tool));

        Assert.Equal("task", (string?)created["resultType"]);
        var failed = await UntilAsync(host, created, "failed");
        Assert.Equal(-32000, (int)failed["error"]!["code"]!);
        Assert.Equal("broken", (string?)failed["statusMessage"]);
    }

    [Theory]
    [InlineData(false, McpMethods.ToolsCall)]
    [InlineData(true, McpMethods.TasksGet)]
    [InlineData(true, McpMethods.TasksUpdate)]
    [InlineData(true, McpMethods.TasksCancel)]
    public async Task Request_IsRefused_WhenTheClientDoesNotKnowTasks(bool optional, string method)
    {
        await using var host = await StartAsync(
            optional ? TaskSupport.Optional : TaskSupport.Required, (_, _) => Task.FromResult(Script.Text("no")));

        var outcome = await host.CallAsync(method, Script.Params(members: "\"name\":\"job\",\"taskId\":\"x\""));

        Assert.Equal(FaultReason.MissingClientCapability, outcome.Fault!.Reason);
        var data = JsonNode.Parse(outcome.Fault.Data.Span)!;
        Assert.NotNull(data["requiredCapabilities"]!["extensions"]![McpMetaKeys.TasksExtension]);
    }

    [Fact]
    public async Task Task_TakesAnswersOneByOne_WhenItAsksTwoThings()
    {
        await using var host = await StartAsync(TaskSupport.Optional, AskTwiceAsync);
        var created = InstanceHost.ResultOf(
            await InstanceHost.WithPatienceAsync(host.CallAsync(McpMethods.ToolsCall, Tool), "a task"));
        await UntilAsync(host, created, "input_required", task => task["inputRequests"]!.AsObject().Count == 2);

        var first = await UpdateAsync(host, created, Script.Answers(("input_1", "Ann"), ("strange", "x")));
        Assert.Equal("complete", (string?)first["resultType"]);
        var between = await GetAsync(host, created);
        Assert.Equal(["input_2"], between["inputRequests"]!.AsObject().Select(r => r.Key));
        await UpdateAsync(host, created, Script.Answers(("input_2", "Bob")));

        var completed = await UntilAsync(host, created, "completed");
        Assert.Equal("Ann Bob", Script.TextOf(completed["result"]!.AsObject()));
    }

    [Fact]
    public async Task Task_IsCancelled_WhenItsClientSaysSo()
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var host = await StartAsync(TaskSupport.Optional, async (_, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult(true));
            await cancelled.Task;
            return Script.Text("too late");
        });
        var created = InstanceHost.ResultOf(
            await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall, Tool)));

        var acknowledged = await TaskAsync(host, McpMethods.TasksCancel, created);

        Assert.Equal("complete", (string?)InstanceHost.ResultOf(acknowledged)["resultType"]);
        Assert.True(await InstanceHost.WithPatienceAsync(cancelled.Task, "the cancellation"));
        Assert.Equal("cancelled", (string?)(await GetAsync(host, created))["status"]);
        Assert.Null((await TaskAsync(host, McpMethods.TasksCancel, created)).Fault);
    }

    [Fact]
    public async Task Task_BecomesFailed_WhenItsProcessDied()
    {
        var never = new TaskCompletionSource<McpReply>();
        await using var host = await StartAsync(TaskSupport.Optional, (_, _) => never.Task);
        var created = InstanceHost.ResultOf(
            await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall, Tool)));

        await host.RestartAsync();

        var failed = await GetAsync(host, created);
        Assert.Equal("failed", (string?)failed["status"]);
        Assert.Equal(McpErrorCodes.InternalError, (int)failed["error"]!["code"]!);
    }

    [Fact]
    public async Task Result_IsThere_WhenTheProcessRestarted()
    {
        await using var host = await StartAsync(
            TaskSupport.Required, (_, _) => Task.FromResult(Script.Text("kept")));
        var created = InstanceHost.ResultOf(await host.CallAsync(McpMethods.ToolsCall, Tool));
        await UntilAsync(host, created, "completed");

        await host.RestartAsync();

        var completed = await GetAsync(host, created);
        Assert.Equal("kept", Script.TextOf(completed["result"]!.AsObject()));
    }

    [Fact]
    public async Task Task_IsUnknown_ToAnotherPrincipalAndOnceExpired()
    {
        await using var host = await StartAsync(
            TaskSupport.Required, (_, _) => Task.FromResult(Script.Text("mine")));
        var created = InstanceHost.ResultOf(await host.CallAsync(McpMethods.ToolsCall, Tool));

        var foreign = await TaskAsync(host, McpMethods.TasksGet, created, principal: "mallory");
        Assert.Equal(FaultReason.InvalidParams, foreign.Fault!.Reason);

        host.Clock.Advance(TimeSpan.FromHours(2));
        var expired = await TaskAsync(host, McpMethods.TasksGet, created);
        Assert.Equal(FaultReason.InvalidParams, expired.Fault!.Reason);
    }

    [Fact]
    public async Task Listener_IsTold_WhenItsTaskEnds()
    {
        var answer = new TaskCompletionSource<McpReply>();
        await using var host = await StartAsync(TaskSupport.Optional, (call, _) =>
            call.Call.Method == McpMethods.Discover ? Task.FromResult(Script.Text("features")) : answer.Task);
        var created = InstanceHost.ResultOf(
            await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall, Tool)));
        var filter = $$"""
            "notifications":{"taskIds":["{{created["taskId"]}}","another"]}
            """;
        var listen = host.Request(McpMethods.SubscriptionsListen, Script.Params(Knows, filter));
        await using var listener = host.Instance
            .ListenAsync(InstanceHost.Context(), listen, default).GetAsyncEnumerator();
        await InstanceHost.WithPatienceAsync(listener.MoveNextAsync().AsTask(), "the acknowledgement");
        var honoured = InstanceHost.BodyOf(listener.Current)["notifications"]!["taskIds"]!.AsArray();
        Assert.Equal((string?)created["taskId"], (string?)Assert.Single(honoured));

        answer.SetResult(Script.Text("done"));

        await InstanceHost.WithPatienceAsync(listener.MoveNextAsync().AsTask(), "the notification");
        Assert.Equal(McpMethods.TaskNotification, listener.Current.Method);
        Assert.Equal("completed", (string?)InstanceHost.BodyOf(listener.Current)["status"]);
    }

    [Fact]
    public async Task Call_IsRefused_WhenTooManyTasksRun()
    {
        var never = new TaskCompletionSource<McpReply>();
        await using var host = await StartAsync(
            TaskSupport.Optional,
            (_, _) => never.Task,
            services => services.Configure<TaskOptions>(o => o.RunningPerPrincipalMax = 1));
        await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall, Tool));

        var second = await host.EndWindowAsync(host.CallAsync(McpMethods.ToolsCall, Tool), timers: 2);

        Assert.Equal(FaultReason.LimitExceeded, second.Fault!.Reason);
    }

    private static async Task<InstanceHost> StartAsync(
        TaskSupport support,
        Func<RuntimeCall, CancellationToken, Task<McpReply>> onInvoke,
        Action<IServiceCollection>? configure = null)
    {
        var host = await InstanceHost.StartAsync(configure: configure);
        host.Factory.OnStart = runtime =>
        {
            runtime.OnInvoke = onInvoke;
            runtime.Tasks["job"] = support;
        };
        return host;
    }

    private static async Task<McpReply> AskTwiceAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            call.Output.AskAsync(Script.Elicit("one?"), cancellationToken).AsTask(),
            call.Output.AskAsync(Script.Elicit("two?"), cancellationToken).AsTask());
        return Script.Text(string.Join(' ', answers.Select(Script.NameOf)));
    }

    private static Task<McpOutcome> TaskAsync(
        InstanceHost host, string method, JsonObject created, string more = "", string principal = "alice") =>
        host.CallAsync(
            method,
            Script.Params(Knows, $"\"taskId\":\"{created["taskId"]}\"{(more.Length > 0 ? "," + more : "")}"),
            principal);

    private static async Task<JsonObject> GetAsync(InstanceHost host, JsonObject created) =>
        InstanceHost.ResultOf(await TaskAsync(host, McpMethods.TasksGet, created));

    private static async Task<JsonObject> UpdateAsync(InstanceHost host, JsonObject created, string answers) =>
        InstanceHost.ResultOf(await TaskAsync(host, McpMethods.TasksUpdate, created, answers));

    private static async Task<JsonObject> UntilAsync(
        InstanceHost host, JsonObject created, string status, Func<JsonObject, bool>? also = null)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var task = await GetAsync(host, created);
            if ((string?)task["status"] == status && also?.Invoke(task) != false)
            {
                return task;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(begun) < InstanceHost.Patience,
                $"The task did not become {status}: {task}");
        }
    }
}
