using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>The list of a principal's tasks (2025-11-25 tasks, listing).</summary>
public sealed class TaskListTests
{
    [Fact]
    public async Task List_HasAllTasksInPages_NewestFirst()
    {
        await using var host = await StartAsync(o => o.ListPageItemsMax = 2);
        var made = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            made.Insert(0, (string?)(await host.CreateAsync())["taskId"]);
        }

        var first = await ListAsync(host);
        var second = await ListAsync(host, $$"""{"cursor":"{{first["nextCursor"]}}"}""");

        Assert.Equal(made, [.. IdsOf(first), .. IdsOf(second)]);
        Assert.Equal(2, IdsOf(first).Count);
        Assert.False(second.ContainsKey("nextCursor"));
        Assert.Equal(3_600_000, (long)first["tasks"]![0]!["ttl"]!);
        Assert.NotNull(first["tasks"]![0]!["status"]);
    }

    [Theory]
    [InlineData("\"nonsense\"")]
    [InlineData("\"AAAAAAAAAAA\"")]
    [InlineData("\"f_________8\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    public async Task List_IsRefused_WhenTheCursorNamesNoPage(string cursor)
    {
        await using var host = await StartAsync();
        await host.CreateAsync();

        var outcome = await host.CallInSessionAsync(McpMethods.TasksList, $$"""{"cursor":{{cursor}}}""");

        Assert.Equal(FaultReason.InvalidParams, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task List_HasNoTasks_OfAnotherPrincipalOrRevision()
    {
        await using var host = await StartAsync();
        var mine = await host.CreateAsync();
        var modern = InstanceHost.ResultOf(await host.CallAsync(
            McpMethods.ToolsCall,
            Script.Params("""{"extensions":{"io.modelcontextprotocol/tasks":{}}}""", "\"name\":\"must\"")));

        var foreign = await host.Instance.CallAsync(
            InstanceHost.Context(McpRevision.V20251125, "mallory"),
            host.Request(McpMethods.TasksList, session: InstanceHost.Session),
            default);

        Assert.Empty(IdsOf(InstanceHost.ResultOf(foreign)));
        Assert.Equal([(string?)mine["taskId"]], IdsOf(await ListAsync(host)));
        Assert.Equal(
            FaultReason.InvalidParams, (await host.OfTaskAsync(McpMethods.TasksGet, modern)).Fault!.Reason);
    }

    [Fact]
    public async Task List_IsKept_OverARestart()
    {
        await using var host = await StartAsync();
        var task = await host.CreateAsync();
        await host.UntilAsync(task, "completed");

        await host.RestartAsync();
        await host.OpenPeerAsync();

        var listed = Assert.Single((await ListAsync(host))["tasks"]!.AsArray())!;
        Assert.Equal((string?)task["taskId"], (string?)listed["taskId"]);
        Assert.Equal("completed", (string?)listed["status"]);
    }

    [Fact]
    public async Task Task_IsNotRun_WhenTheListIsFull()
    {
        await using var host = await StartAsync(o => o.KeptPerPrincipalMax = 1);
        await host.CreateAsync("""{"ttl":2000}""");

        Assert.Equal(FaultReason.LimitExceeded, (await host.CallJobAsync()).Fault!.Reason);
        Assert.Single(host.Runtime.Invoked);
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(IdsOf(await ListAsync(host)));
        await host.CreateAsync();
    }

    private static Task<InstanceHost> StartAsync(Action<TaskOptions>? configure = null) =>
        StartWithAsync(services => services.Configure(configure ?? (_ => { })));

    private static async Task<InstanceHost> StartWithAsync(Action<IServiceCollection> configure)
    {
        var host = await SessionTaskScript.StartAsync(
            TaskSupport.Optional, (_, _) => Task.FromResult(Script.Text("ok")), configure);
        host.Runtime.Tasks["must"] = TaskSupport.Required;
        return host;
    }

    private static async Task<JsonObject> ListAsync(InstanceHost host, string parameters = "{}") =>
        InstanceHost.ResultOf(await InstanceHost.WithPatienceAsync(
            host.CallInSessionAsync(McpMethods.TasksList, parameters), "the list"));

    private static List<string?> IdsOf(JsonObject list) =>
        [.. list["tasks"]!.AsArray().Select(task => (string?)task!["taskId"])];
}
