using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>
/// Answers <c>tasks/get</c>, <c>tasks/update</c> and <c>tasks/cancel</c> (SEP-2663) from the task they name.
/// </summary>
internal sealed class TaskRequests(TaskRuns runs)
{
    /// <summary>The fault of a request that only a client which knows tasks may make.</summary>
    public static McpFault NotDeclared { get; } =
        ClientCapabilities.Missing("""{"extensions":{"io.modelcontextprotocol/tasks":{}}}""");

    public static bool Serves(string method) =>
        method is McpMethods.TasksGet or McpMethods.TasksUpdate or McpMethods.TasksCancel;

    /// <summary>Runs one. The result lacks nothing but the marks that every result gets.</summary>
    public async ValueTask<McpOutcome> RunAsync(
        CallContext context, McpCall request, CancellationToken cancellationToken)
    {
        if (!ClientCapabilities.OfRequest(request).KnowsTasks)
        {
            return McpOutcome.Refused(NotDeclared);
        }

        var parameters = RawJson.Parse(request.Params);
        if (!TaskId.TryParse(parameters?.Text("taskId"), null, out var id))
        {
            return McpOutcome.Refused(FaultReason.InvalidParams, "There is no such task.");
        }

        var task = runs.Locate(id);
        if (request.Method == McpMethods.TasksGet)
        {
            var lookup = await task.GetAsync(context, cancellationToken);
            return lookup.Task is { } found
                ? McpOutcome.Answered(McpReply.Result(RawJson.Write(TaskJson.Detailed(found))))
                : McpOutcome.Refused(lookup.Fault!);
        }

        var fault = request.Method == McpMethods.TasksCancel
            ? (await task.CancelAsync(context, cancellationToken)).Fault
            : await UpdateAsync(task, context, parameters!, cancellationToken);
        return fault is null ? McpOutcome.Answered(McpReply.Result("{}"u8.ToArray())) : McpOutcome.Refused(fault);
    }

    /// <summary>Which of these tasks exist and are the caller's.</summary>
    public async ValueTask<IReadOnlySet<string>> OwnedAsync(
        CallContext context, IReadOnlySet<string> tasks, CancellationToken cancellationToken)
    {
        var owned = new HashSet<string>();
        foreach (var text in tasks)
        {
            if (TaskId.TryParse(text, null, out var id)
                && (await runs.Locate(id).GetAsync(context, cancellationToken)).Task is not null)
            {
                owned.Add(text);
            }
        }

        return owned;
    }

    private static async Task<McpFault?> UpdateAsync(
        ITaskGrain task, CallContext context, JsonObject parameters, CancellationToken cancellationToken) =>
        parameters["inputResponses"] is JsonObject responses
            ? await task.UpdateAsync(context, RawJson.Write(responses), cancellationToken)
            : new McpFault(FaultReason.InvalidParams, "The params must have an object 'inputResponses'.");
}
