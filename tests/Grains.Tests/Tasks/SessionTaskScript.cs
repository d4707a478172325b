using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>What a client of 2025-11-25 says of tasks, to a server with one tool.</summary>
internal static class SessionTaskScript
{
    public static async Task<InstanceHost> StartAsync(
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
        await host.OpenPeerAsync("""{"elicitation":{}}""");
        return host;
    }

    public static Task<McpOutcome> CallJobAsync(this InstanceHost host, string? task = "{}") =>
        host.CallInSessionAsync(
            McpMethods.ToolsCall, task is null ? """{"name":"job"}""" : $$"""{"name":"job","task":{{task}}}""");

    /// <summary>Makes a task, and returns what its client is told of it.</summary>
    public static async Task<JsonObject> CreateAsync(this InstanceHost host, string task = "{}") =>
        InstanceHost.ResultOf(
            await InstanceHost.WithPatienceAsync(host.CallJobAsync(task), "a task"))["task"]!.AsObject();

    public static Task<McpOutcome> OfTaskAsync(this InstanceHost host, string method, JsonObject task) =>
        InstanceHost.WithPatienceAsync(
            host.CallInSessionAsync(method, $$"""{"taskId":"{{task["taskId"]}}"}"""), method);

    public static async Task<JsonObject> GetAsync(this InstanceHost host, JsonObject task) =>
        InstanceHost.ResultOf(await host.OfTaskAsync(McpMethods.TasksGet, task));

    public static async Task<JsonObject> UntilAsync(this InstanceHost host, JsonObject task, string status)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var now = await host.GetAsync(task);
            if ((string?)now["status"] == status)
            {
                return now;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(begun) < InstanceHost.Patience,
                $"The task did not become {status}: {now}");
        }
    }

    /// <summary>The task that a message belongs to.</summary>
    public static string? RelatedOf(JsonObject message) =>
        (string?)message["_meta"]?[McpMetaKeys.RelatedTask]?["taskId"];
}
