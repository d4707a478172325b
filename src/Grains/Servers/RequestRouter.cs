using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers.Deploying.Manifests;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>
/// Decides what a request is: one that the runtime runs, one that continues a parked or held one, or one about a task.
/// </summary>
internal sealed class RequestRouter(
    InstanceGate gate,
    RuntimeHolder holder,
    CallRunner runner,
    RequestStates states,
    HeldStates held,
    ParkedCalls parked,
    TaskRequests tasks,
    SessionTasks sessionTasks)
{
    private static readonly McpFault NotOpen = new(FaultReason.PeerUnknown, "The session is not open here.");

    private static readonly McpFault NotServed =
        new(FaultReason.InvalidRequest, "The protocol revision is not served.");

    private static readonly McpFault ServerEnded = new(FaultReason.Unavailable, "The server ended.");

    /// <summary>Runs what the caller may do; completes at once where the server's policy is at hand.</summary>
    public ValueTask<McpOutcome> RouteAsync(
        IServerRuntime runtime, CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        var admitting = gate.AdmitAsync(context, call.Call);
        if (!admitting.IsCompletedSuccessfully)
        {
            return AdmitAndRouteAsync(admitting, runtime, context, call, cancellationToken);
        }

        return admitting.Result is { } refused
            ? new(McpOutcome.Refused(refused))
            : RouteAdmittedAsync(runtime, context, call, cancellationToken);
    }

    private async ValueTask<McpOutcome> AdmitAndRouteAsync(
        ValueTask<McpFault?> admitting,
        IServerRuntime runtime,
        CallContext context,
        InstanceCall call,
        CancellationToken cancellationToken) =>
        await admitting is { } refused
            ? McpOutcome.Refused(refused)
            : await RouteAdmittedAsync(runtime, context, call, cancellationToken);

    private ValueTask<McpOutcome> RouteAdmittedAsync(
        IServerRuntime runtime, CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        if (!McpRevision.TryParse(context.Revision, out var revision))
        {
            return new(McpOutcome.Refused(NotServed));
        }

        if (AnswerAtRest(runtime, context, call, revision) is { } known)
        {
            return new(McpOutcome.Answered(known));
        }

        var run = new RunRequest(call, context, revision) { Deadline = holder.CallTime };
        if (call.Session is not null && !runtime.HasPeer(call.Session))
        {
            return new(McpOutcome.Refused(NotOpen));
        }

        return holder.Guard is { } guard && ManifestGuard.Concerns(call.Call.Method)
            ? RouteGuardedAsync(guard, runtime, run, cancellationToken)
            : RouteOnAsync(runtime, run, cancellationToken);
    }

    /// <summary>
    /// What was approved of a pinned version answers what it can where nothing runs: nothing is started to be asked
    /// what is known.
    /// </summary>
    private McpReply? AnswerAtRest(
        IServerRuntime runtime, CallContext context, InstanceCall call, McpRevision revision)
    {
        if (holder.Guard is not { } guard || runtime is not IRestingRuntime resting || holder.Shape is not { } shape
            || (call.Call.Method != McpMethods.Discover && ManifestList.Of(call.Call.Method) is null)
            || resting.IsAwake(call.Session, context, call.Call)
            || guard.AnswerAtRest(call.Call) is not { } known)
        {
            return null;
        }

        var shown = gate.Show(
            context, call.Call.Method, shape.Shape(revision, call.Call.Method, known, out _));
        return call.Call.Method == McpMethods.Discover ? guard.Introduce(shown) : shown;
    }

    /// <summary>Of a pinned version, whatever the server says of itself, its clients get what was approved.</summary>
    private async ValueTask<McpOutcome> RouteGuardedAsync(
        ManifestGuard guard, IServerRuntime runtime, RunRequest run, CancellationToken cancellationToken)
    {
        await holder.Drift.EnsureAsync(guard, runtime, run);
        var call = run.Call.Call;
        if (guard.List(call) is { } list && holder.Shape is { } shape)
        {
            return McpOutcome.Answered(
                gate.Show(run.Caller, call.Method, shape.Shape(run.Revision, call.Method, list, out _)));
        }

        return guard.Refuse(call) is { } fault
            ? McpOutcome.Refused(fault)
            : await RouteOnAsync(runtime, run, cancellationToken);
    }

    private ValueTask<McpOutcome> RouteOnAsync(
        IServerRuntime runtime, in RunRequest run, CancellationToken cancellationToken)
    {
        var (call, context) = (run.Call, run.Caller);
        if (call.Session is not null)
        {
            return sessionTasks.RunAsync(runtime, run, cancellationToken);
        }

        if (runtime.TaskTools.Count > 0 && TaskRequests.Serves(call.Call.Method))
        {
            return AnswerTaskRequestAsync(context, call.Call, cancellationToken);
        }

        return InputRequired.MayContinue(call.Call)
            ? ContinueAsync(run, cancellationToken)
            : RunAsync(runtime, run, cancellationToken);
    }

    /// <summary>Runs a request in the runtime, as a task where its tool and its client allow it.</summary>
    private ValueTask<McpOutcome> RunAsync(
        IServerRuntime runtime, in RunRequest run, CancellationToken cancellationToken)
    {
        var support = SupportOf(runtime, run.Call.Call);
        if (support == TaskSupport.Forbidden)
        {
            return runner.StartAsync(runtime, run, cancellationToken);
        }

        var known = ClientCapabilities.OfRequest(run.Call.Call).KnowsTasks;
        return support == TaskSupport.Required && !known
            ? new(McpOutcome.Refused(TaskRequests.NotDeclared))
            : runner.StartAsync(runtime, known ? run with { Tasks = support } : run, cancellationToken);
    }

    private static TaskSupport SupportOf(IServerRuntime runtime, McpCall call)
    {
        if (runtime.TaskTools.Count == 0 || call.Method != McpMethods.ToolsCall)
        {
            return TaskSupport.Forbidden;
        }

        var tool = RawJson.Parse(call.Params)?.Text("name") ?? string.Empty;
        return runtime.TaskTools.GetValueOrDefault(tool, TaskSupport.Forbidden);
    }

    private async ValueTask<McpOutcome> ContinueAsync(RunRequest run, CancellationToken cancellationToken)
    {
        var call = run.Call;
        var parameters = RawJson.Parse(call.Call.Params);
        if (parameters?.ContainsKey("requestState") == true)
        {
            var text = parameters.Text("requestState") ?? string.Empty;
            var (state, fault) = await states.OpenAsync(run.Caller, call.Call, text, cancellationToken);
            if (state is null)
            {
                return McpOutcome.Refused(fault!);
            }

            if (state.ParkedCall is not null)
            {
                return await parked.ContinueAsync(call, state, parameters, cancellationToken);
            }

            var (request, used) = await held.UnwrapAsync(call.Call, state, parameters);
            if (request is null)
            {
                return McpOutcome.Refused(used!);
            }

            run = run with { Call = call with { Call = request } };
        }

        return holder.Current is { } runtime
            ? await RunAsync(runtime, run, cancellationToken)
            : McpOutcome.Refused(ServerEnded);
    }

    private async ValueTask<McpOutcome> AnswerTaskRequestAsync(
        CallContext context, McpCall request, CancellationToken cancellationToken)
    {
        var outcome = await tasks.RunAsync(context, request, cancellationToken);
        return outcome.Answer is { } answer && holder.Shape is { } shape
            ? McpOutcome.Answered(shape.Stamp(request.Method, answer, out _))
            : outcome;
    }
}
