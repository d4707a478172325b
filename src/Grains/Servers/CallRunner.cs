using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// Brings a call through the runtime: the answer within the window or the ticket, the stream after it, cancellation,
/// deadlines. On the activation's scheduler, but for <see cref="ICallHost"/>.
/// </summary>
internal sealed partial class CallRunner(
    IActivationContext activation,
    InstanceOptions options,
    CallTable calls,
    InstanceInbox inbox,
    SessionDelivery delivery,
    PeerTable peers,
    ILogger logger) : ICallHost
{
    /// <summary>What a client is told when the runtime failed under its call.</summary>
    public static McpFault ServerFailed { get; } =
        new(FaultReason.Internal, "The server failed; whether the call took effect is unknown.");

    private static readonly McpFault DeadlinePassed =
        new(FaultReason.TimedOut, "The call took too long; whether it took effect is unknown.");

    private static readonly McpFault ClientCancelled = new(FaultReason.Cancelled, "The call was cancelled.");

    // Kept between sweeps: what one ends may begin another call, so the table itself cannot be walked.
    private readonly List<CallLeg> _watched = [];
    private TaskCompletionSource? _delivered;
    private int _pumping;

    public InstanceOptions Options => options;

    /// <summary>
    /// Takes the questions of calls that no session answers. Set by the grain, which ties the parts together.
    /// </summary>
    public Action<InFlightCall> OnQuestion { get; set; } = static _ => { };

    /// <summary>Takes an answer of the runtime, and returns what its client must get.</summary>
    public Func<InFlightCall, McpReply, ValueTask<McpReply>> OnReply { get; set; } = static (_, reply) => new(reply);

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

        AbandonWith(leg, cancellationToken);
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
            await ReplyAsync(leg, reply);
        }
        else
        {
            call.HeldReply = reply;
        }
    }

    /// <summary>The token cancels the call until the leg has its outcome.</summary>
    public void AbandonWith(CallLeg leg, CancellationToken cancellationToken) =>
        leg.AbandonWith(AbandonLater, cancellationToken);

    /// <summary>Gives a leg an answer of the runtime, in the form that its client must get.</summary>
    public async ValueTask ReplyAsync(CallLeg leg, McpReply reply) =>
        await AnswerAsync(leg, await OnReply(leg.Call, reply));

    /// <summary>Gives a leg its answer: as the value, or as the last frame of its stream.</summary>
    public async ValueTask AnswerAsync(CallLeg leg, McpReply reply)
    {
        if (leg.Phase == LegPhase.Waiting && !leg.HasEmitted)
        {
            leg.TryAnswer(McpOutcome.Answered(reply));
        }
        else if (leg.Phase != LegPhase.Closed)
        {
            BeginStream(leg);
            await leg.EndStreamAsync(new McpFrame
            {
                Kind = reply.IsError ? McpFrameKind.Error : McpFrameKind.Result,
                Body = reply.Body,
            });
        }

        calls.Release(leg);
    }

    /// <summary>Ends a leg with a fault and stops its run.</summary>
    public async Task FailAsync(CallLeg leg, McpFault fault)
    {
        leg.Call.Cancel();
        if (leg.Phase == LegPhase.Streaming)
        {
            await leg.EndStreamAsync(new McpFrame { Kind = McpFrameKind.Error, Body = fault.ErrorBody() });
        }
        else
        {
            leg.TryAnswer(McpOutcome.Refused(fault));
        }

        calls.Release(leg);
    }

    /// <summary>The client wants no answer any more.</summary>
    public void Cancel(CallLeg leg)
    {
        leg.Call.Cancel();
        leg.TryAnswer(McpOutcome.Refused(ClientCancelled));
        calls.Release(leg);
    }

    /// <summary>
    /// The reader of a leg is gone. From 2026-07-28 that cancels (streamable-http), unless the leg had its last frame:
    /// then it is over, and a call that it left parked goes on.
    /// </summary>
    public void EndFollowing(CallLeg leg)
    {
        if (leg.Phase == LegPhase.Closed)
        {
            leg.Done = true;
            calls.Release(leg);
        }
        else
        {
            Cancel(leg);
        }
    }

    /// <summary>Every run ended with the runtime: each client gets the definite error.</summary>
    public void FailAll()
    {
        foreach (var leg in calls.Legs)
        {
            leg.Call.EndRun();
        }

        FailOpen(ServerFailed);
    }

    /// <summary>Nobody waits any longer: each client gets the error, and each run is told to stop.</summary>
    public void FailOpen(McpFault fault)
    {
        foreach (var leg in calls.Legs.ToArray())
        {
            _ = FailAsync(leg, fault);
        }
    }

    /// <summary>A session ended, and its calls with it.</summary>
    public void CancelAll(string session)
    {
        foreach (var leg in calls.Legs.Where(l => l.Call.Request.Session == session).ToArray())
        {
            Cancel(leg);
        }
    }

    /// <summary>Waits until what sessions are owed is delivered.</summary>
    public async Task WhenDeliveredAsync(CancellationToken cancellationToken)
    {
        if (_pumping > 0)
        {
            _delivered = new TaskCompletionSource();
            await _delivered.Task.WaitAsync(cancellationToken);
        }
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
                Cancel(leg);
            }
            else if (leg.Phase != LegPhase.Closed && now >= leg.Call.DeadlineAt)
            {
                LogCallTimedOut(activation.Key, leg.Call.Caller.CorrelationId);
                _ = FailAsync(leg, DeadlinePassed);
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

    private void AbandonLater(CallLeg leg) => inbox.Post(() =>
    {
        if (leg.Phase == LegPhase.Waiting)
        {
            Cancel(leg);
        }
    });

    private void Look(InFlightCall call)
    {
        call.BeginAttention();
        if (call.Leg is { } leg && call.Fault is { } fault)
        {
            _ = FailAsync(leg, fault);
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
            BeginStream(waiting);
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
            BeginStream(leg);
        }
        else
        {
            OnDetach(leg.Call);
        }
    }

    private void BeginStream(CallLeg leg)
    {
        if (leg.Phase == LegPhase.Waiting)
        {
            leg.BeginStream(activation.Time.GetTimestamp());
            if (leg.Call.Request.Session is not null)
            {
                _ = PumpAsync(leg);
            }
        }
    }

    private async Task PumpAsync(CallLeg leg)
    {
        leg.Followed = true;
        _pumping++;
        await delivery.PumpAsync(leg);
        leg.Close();
        leg.Done = true;
        calls.Release(leg);
        if (--_pumping == 0)
        {
            _delivered?.TrySetResult();
        }
    }
}
