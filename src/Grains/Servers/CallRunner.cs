using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// Brings a call through the runtime: its run, what it says and asks meanwhile, its window and its deadline. On the
/// activation's scheduler, but for <see cref="ICallHost"/>.
/// </summary>
internal sealed partial class CallRunner(
    IActivationContext activation,
    InstanceOptions options,
    CallTable calls,
    CallAnswers answers,
    InstanceInbox inbox,
    PeerTable peers,
    ILogger logger) : ICallHost
{
    /// <summary>What a client is told when the runtime failed under its call.</summary>
    public static McpFault ServerFailed { get; } =
        new(FaultReason.Internal, "The server failed; whether the call took effect is unknown.");

    private static readonly McpFault DeadlinePassed =
        new(FaultReason.TimedOut, "The call took too long; whether it took effect is unknown.");

    // Kept between sweeps: what one ends may begin another call, so the table itself cannot be walked.
    private readonly List<CallLeg> _watched = [];

    public InstanceOptions Options => options;

    /// <summary>
    /// Takes the questions of calls that no session answers. Set by the grain, which ties the parts together.
    /// </summary>
    public Action<InFlightCall> OnQuestion { get; set; } = static _ => { };

    /// <summary>Takes note of a run that ended, and of what the runtime answered.</summary>
    public Action<InFlightCall, McpReply> OnRun { get; set; } = static (_, _) => { };

    /// <summary>Makes a task of a call that may or must be one.</summary>
    public Action<InFlightCall> OnDetach { get; set; } = static _ => { };

    /// <summary>Takes the answer of a call that became a task.</summary>
    public Action<InFlightCall, McpReply> OnDetachedReply { get; set; } = static (_, _) => { };

    /// <summary>
    /// Makes the task that a call's client asked for. False when it cannot be, and the leg has its answer.
    /// </summary>
    public Func<InFlightCall, Task<bool>> OnAugment { get; set; } = static _ => Task.FromResult(true);

    /// <summary>Any thread. Passes on what a task's server says to the session that it was asked for by.</summary>
    public Action<string?, McpFrame> OnTell { get; set; } = static (_, _) => { };

    public static McpFault TooLarge(InstanceOptions options) => new(
        FaultReason.Internal,
        $"The server sent more than the {options.FrameBytesMax} bytes that one message may have.");

    /// <summary>Runs a request: its outcome at the end of the window.</summary>
    public ValueTask<McpOutcome> StartAsync(
        ICallTarget target, in RunRequest run, CancellationToken cancellationToken)
    {
        var call = new InFlightCall(this, run, activation.Time.GetTimestamp());
        var leg = call.Leg!;
        if (calls.Admit(leg) is { } fault)
        {
            return new(McpOutcome.Refused(fault));
        }

        answers.AbandonWith(leg, cancellationToken);
        _ = run.Terms is null ? RunAsync(call, target) : RunAsTaskAsync(call, target);
        return leg.Outcome;
    }

    /// <summary>Runs an admitted call in the runtime, to its end.</summary>
    public async Task RunAsync(InFlightCall call, ICallTarget target)
    {
        McpReply reply;
        try
        {
            var request = call.Request;
            reply = await target.InvokeAsync(
                new RuntimeCall(request.Id, request.Session, call.Caller, request.Call, call), call.Cancelled);
            if (reply.Body.Length > options.FrameBytesMax)
            {
                reply = McpReply.Error(TooLarge(options).ErrorBody());
            }
        }
        catch (Exception exception)
        {
            if (!call.Cancelled.IsCancellationRequested)
            {
                LogCallFailed(exception, activation.Key, call.Caller.CorrelationId);
            }

            reply = McpReply.Error(ServerFailed.ErrorBody());
        }

        OnRun(call, reply);
        call.EndRun();
        call.Dispose();
        if (call.Tasks == TaskSupport.Required && (reply.IsError || !ResultScan.Of(reply.Body.Span).IsInputRequired))
        {
            OnDetach(call);
        }

        if (call.Detached)
        {
            OnDetachedReply(call, reply);
        }
        else if (call.Leg is { } leg)
        {
            await answers.ReplyAsync(leg, reply);
        }
        else
        {
            call.HeldReply = reply;
        }
    }

    /// <summary>Every run ended with the runtime: each client gets the definite error.</summary>
    public void FailAll(McpFault why)
    {
        foreach (var leg in calls.Legs)
        {
            leg.Call.EndRun();
        }

        answers.FailOpen(why);
    }

    /// <summary>Ends windows and deadlines that passed.</summary>
    public void Sweep()
    {
        var now = activation.Time.GetTimestamp();
        var window = calls.Timestamps(options.AnswerWindow);
        var follow = calls.Timestamps(options.FollowDeadline);
        _watched.AddRange(calls.Legs);
        foreach (var leg in _watched)
        {
            if (leg.Phase == LegPhase.Waiting && now - leg.SinceAt >= window)
            {
                EndWindow(leg);
            }

            var unfollowed = leg.Call.Request.Session is null && !leg.Followed && now - leg.SinceAt >= follow;
            if (leg.Phase != LegPhase.Waiting && !leg.Done && unfollowed)
            {
                answers.Cancel(leg);
            }
            else if (leg.Phase != LegPhase.Closed && now >= leg.Call.DeadlineAt)
            {
                LogCallTimedOut(activation.Key, leg.Call.Caller.CorrelationId);
                _ = answers.FailAsync(leg, DeadlinePassed);
            }
        }

        _watched.Clear();
    }

    /// <inheritdoc/>
    public void Attend(InFlightCall call) => inbox.Post(() => Look(call));

    /// <inheritdoc/>
    public McpFault? Refuse(InFlightCall call, InputRequest question)
    {
        var capabilities = call switch
        {
            { Terms: { } terms } => terms.Client,
            { Request.Session: { } session } => peers.CapabilitiesOf(session),
            _ => ClientCapabilities.OfRequest(call.Request.Call),
        };
        return capabilities.Refuse(call.Revision, question);
    }

    /// <inheritdoc/>
    public void Tell(InFlightCall call, McpFrame frame) => OnTell(call.Request.Session, frame);

    /// <summary>The task stands durable before its tool begins: one that cannot be kept is not run.</summary>
    private async Task RunAsTaskAsync(InFlightCall call, ICallTarget target)
    {
        var leg = call.Leg!;
        if (await OnAugment(call))
        {
            await RunAsync(call, target);
            return;
        }

        call.EndRun();
        call.Dispose();
        calls.Release(leg);
    }

    private void Look(InFlightCall call)
    {
        call.BeginAttention();
        if (call.Leg is { } leg && call.Fault is { } fault)
        {
            _ = answers.FailAsync(leg, fault);
            return;
        }

        if (call is { Terms: not null, Fault: { } fatal })
        {
            call.Cancel();
            OnDetachedReply(call, McpReply.Error(fatal.ErrorBody()));
            return;
        }

        if (call.Leg is { Phase: LegPhase.Waiting, HasEmitted: true } waiting)
        {
            answers.BeginStream(waiting);
        }

        if ((call.Request.Session is null || call.Tasks != TaskSupport.Forbidden) && call.Questions().Count > 0)
        {
            OnQuestion(call);
        }
    }

    private void EndWindow(CallLeg leg)
    {
        if (leg.Call.Tasks == TaskSupport.Forbidden)
        {
            answers.BeginStream(leg);
        }
        else
        {
            OnDetach(leg.Call);
        }
    }
}
