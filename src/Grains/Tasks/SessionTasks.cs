using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>
/// Tasks for clients with sessions (2025-11-25 tasks): calls of tools that are asked for as tasks, and the requests
/// about them. A server without such tools has none of it, and a call's <c>task</c> is then not looked at.
/// </summary>
internal sealed class SessionTasks(
    TaskOptions options, CallRunner runner, TaskRuns runs, TaskResults results, PeerTable peers)
{
    private static readonly McpFault Unknown = new(FaultReason.InvalidParams, "There is no such task.");

    /// <summary>Runs any request of a session.</summary>
    public ValueTask<McpOutcome> RunAsync(
        IServerRuntime runtime, in RunRequest run, CancellationToken cancellationToken)
    {
        var method = run.Call.Call.Method;
        var offered = run.Revision.AugmentsWithTasks && runtime.TaskTools.Count > 0;
        if (McpMethods.IsAboutTasks(method))
        {
            return offered ? AnswerAsync(run, cancellationToken) : new(NotServed(method));
        }

        return offered && method == McpMethods.ToolsCall
            ? CallAsync(runtime, run, cancellationToken)
            : runner.StartAsync(runtime, run, cancellationToken);
    }

    private static McpOutcome NotServed(string method) =>
        McpOutcome.Refused(FaultReason.MethodNotFound, $"The method '{method}' is not available.");

    /// <summary>2025-11-25 tasks, tool-level negotiation.</summary>
    private ValueTask<McpOutcome> CallAsync(
        IServerRuntime runtime, in RunRequest run, CancellationToken cancellationToken)
    {
        var parameters = RawJson.Parse(run.Call.Call.Params);
        var tool = parameters?.Text("name") ?? string.Empty;
        var support = runtime.TaskTools.GetValueOrDefault(tool, TaskSupport.Forbidden);
        JsonNode? asked = null;
        if (parameters?.TryGetPropertyValue("task", out asked) != true)
        {
            return support == TaskSupport.Required
                ? new(McpOutcome.Refused(FaultReason.MethodNotFound, "The tool can only be called as a task."))
                : runner.StartAsync(runtime, run, cancellationToken);
        }

        if (support == TaskSupport.Forbidden)
        {
            return new(McpOutcome.Refused(FaultReason.MethodNotFound, "The tool cannot be called as a task."));
        }

        if (!TryReadLifetime(asked, out var lifetime))
        {
            return new(McpOutcome.Refused(
                FaultReason.InvalidParams, "The task must be an object; its ttl, a number of milliseconds."));
        }

        var terms = new TaskTerms(TaskRuns.NewId(), lifetime, peers.CapabilitiesOf(run.Call.Session!));
        return runner.StartAsync(
            runtime, run with { Tasks = TaskSupport.Required, Terms = terms }, cancellationToken);
    }

    /// <summary>What the client asks for, within our limits: the revision lets a receiver override it.</summary>
    private bool TryReadLifetime(JsonNode? asked, out TimeSpan lifetime)
    {
        lifetime = options.Lifetime;
        if (asked is not JsonObject task)
        {
            return false;
        }

        if (!task.TryGetPropertyValue("ttl", out var ttl) || ttl is null)
        {
            return true;
        }

        if (ttl.GetValueKind() != JsonValueKind.Number || !ttl.AsValue().TryGetValue(out double milliseconds)
            || !(milliseconds >= 0))
        {
            return false;
        }

        lifetime = TimeSpan.FromMilliseconds(Math.Clamp(
            milliseconds, options.LifetimeMin.TotalMilliseconds, options.LifetimeMax.TotalMilliseconds));
        return true;
    }

    private ValueTask<McpOutcome> AnswerAsync(in RunRequest run, CancellationToken cancellationToken)
    {
        var request = run.Call.Call;
        var parameters = RawJson.Parse(request.Params);
        if (request.Method == McpMethods.TasksList)
        {
            return ListAsync(run, parameters, cancellationToken);
        }

        if (request.Method is not (McpMethods.TasksGet or McpMethods.TasksResult or McpMethods.TasksCancel))
        {
            return new(NotServed(request.Method));
        }

        if (!TaskId.TryParse(parameters?.Text("taskId"), null, out var id))
        {
            return new(McpOutcome.Refused(Unknown));
        }

        return request.Method switch
        {
            // It blocks until the task ends, however long that takes.
            McpMethods.TasksResult =>
                runner.StartAsync(results, run with { Deadline = options.LifetimeMax }, cancellationToken),
            McpMethods.TasksCancel => CancelAsync(run, id, cancellationToken),
            _ => GetAsync(run, id, cancellationToken),
        };
    }

    private async ValueTask<McpOutcome> GetAsync(RunRequest run, TaskId id, CancellationToken cancellationToken) =>
        Answer(await runs.Locate(id).DescribeAsync(run.Caller, cancellationToken));

    private async ValueTask<McpOutcome> CancelAsync(RunRequest run, TaskId id, CancellationToken cancellationToken)
    {
        var lookup = await runs.Locate(id).CancelAsync(run.Caller, cancellationToken);
        return lookup.HadEnded
            ? McpOutcome.Refused(FaultReason.InvalidParams, "The task cannot be cancelled: it has ended.")
            : Answer(lookup);
    }

    private async ValueTask<McpOutcome> ListAsync(
        RunRequest run, JsonObject? parameters, CancellationToken cancellationToken)
    {
        var cursor = parameters?["cursor"];
        if (cursor is not null && cursor.GetValueKind() != JsonValueKind.String)
        {
            return McpOutcome.Refused(FaultReason.InvalidParams, "A cursor is a text.");
        }

        var page = await runs.LocateList(run.Caller)
            .PageAsync(run.Caller, cursor?.GetValue<string>(), cancellationToken);
        if (page.Fault is { } fault)
        {
            return McpOutcome.Refused(fault);
        }

        var lookups = await Task.WhenAll(
            page.Tasks.Select(id => runs.Locate(id).DescribeAsync(run.Caller, cancellationToken)));
        var tasks = lookups.Where(lookup => lookup.Task is not null)
            .Select(lookup => (JsonNode)TaskJson.Augmented(lookup.Task!));
        var result = new JsonObject { ["tasks"] = new JsonArray([.. tasks]) };
        if (page.NextCursor is { } next)
        {
            result["nextCursor"] = next;
        }

        return McpOutcome.Answered(McpReply.Result(RawJson.Write(result)));
    }

    private static McpOutcome Answer(TaskLookup lookup) => lookup.Task is { } task
        ? McpOutcome.Answered(McpReply.Result(RawJson.Write(TaskJson.Augmented(task))))
        : McpOutcome.Refused(lookup.Fault ?? Unknown);
}
