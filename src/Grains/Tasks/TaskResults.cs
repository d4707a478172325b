using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>
/// Runs <c>tasks/result</c> (2025-11-25 tasks): waits until the task ends, and asks its client meanwhile what the task
/// asks. To the instance it is a call like any other, so that it streams, is resumed and is cancelled like one. The
/// task may run in another instance: changes here are told, those elsewhere are found by asking, as its client would.
/// </summary>
internal sealed partial class TaskResults(
    IActivationContext activation,
    TaskOptions options,
    TaskRuns runs,
    TaskWatches watches,
    PeerTable peers,
    ILogger logger) : ICallTarget
{
    private static readonly McpReply Cancelled = McpReply.Error(JsonRpcWriter.Error(
        McpErrorCodes.InternalError, "The task was cancelled."));

    /// <inheritdoc/>
    public async ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var id = TaskId.Parse(RawJson.Parse(call.Call.Params)!.Text("taskId")!);
        var grain = runs.Locate(id);
        using var watch = watches.Open(id);
        var asked = new Dictionary<string, CancellationTokenSource>();
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var changed = watch.Changed;

                // No token: finding a lost run out is a write of the task.
                var lookup = await grain.GetAsync(call.Caller, CancellationToken.None);
                if (lookup.Task is not { } task)
                {
                    return McpReply.Error(lookup.Fault!.ErrorBody());
                }

                if (task.IsTerminal())
                {
                    return OutcomeOf(task);
                }

                Ask(call, grain, task, asked, cancellationToken);
                await WaitAsync(changed, cancellationToken);
            }
        }
        finally
        {
            // Before the call itself ends: what that says to open questions is no answer of the client.
            foreach (var question in asked.Values)
            {
                await question.CancelAsync();
                question.Dispose();
            }
        }
    }

    private async Task WaitAsync(Task changed, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(options.PollInterval, activation.Time, over.Token));
        await over.CancelAsync();
    }

    /// <summary>Exactly what the request would have been answered with.</summary>
    private static McpReply OutcomeOf(McpTask task) => task switch
    {
        { Error.IsEmpty: false } => McpReply.Error(task.Error),
        { Result.IsEmpty: false } => McpReply.Result(RelatedTask.Mark(task.Result, task.Id)),
        _ => Cancelled,
    };

    /// <summary>Asks what was not asked here yet, and lets go of what is answered elsewhere.</summary>
    private void Ask(
        RuntimeCall call,
        ITaskGrain grain,
        McpTask task,
        Dictionary<string, CancellationTokenSource> asked,
        CancellationToken cancellationToken)
    {
        var open = RawJson.Parse(task.InputRequests) ?? [];
        foreach (var (key, question) in asked.Where(pair => !open.ContainsKey(pair.Key)))
        {
            _ = question.CancelAsync();
        }

        var client = peers.CapabilitiesOf(call.Session!);
        foreach (var (key, node) in open.Where(pair => !asked.ContainsKey(pair.Key)))
        {
            var parameters = (node as JsonObject)?["params"] is JsonObject raw ? RawJson.Write(raw) : [];
            var request = new InputRequest(
                (node as JsonObject)?.Text("method") ?? string.Empty, RelatedTask.Mark(parameters, task.Id));

            // Another session of the same principal can be asked less than the one that made the task.
            if (client.Refuse(McpRevision.V20251125, request) is null)
            {
                var question = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                asked.Add(key, question);
                _ = AskAsync(call, grain, key, request, question.Token);
            }
        }
    }

    private async Task AskAsync(
        RuntimeCall call, ITaskGrain grain, string key, InputRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await call.Output.AskAsync(request, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await grain.AnswerAsync(call.Caller, new TaskAnswer(key, reply), CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The task has its answer, or its client waits here no more.
        }
        catch (Exception exception)
        {
            // It still stands open: a further tasks/result asks it again.
            LogNotAnswered(exception, activation.Key);
        }
    }
}
