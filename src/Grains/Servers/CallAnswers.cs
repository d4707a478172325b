using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// How a leg ends: by an answer, as the call's value or as the last frame of its stream; by a fault; or because its
/// client wants none any more. On the activation's scheduler.
/// </summary>
internal sealed class CallAnswers(
    IActivationContext activation, CallTable calls, InstanceInbox inbox, SessionDelivery delivery)
{
    private static readonly McpFault ClientCancelled = new(FaultReason.Cancelled, "The call was cancelled.");

    private TaskCompletionSource? _delivered;
    private int _pumping;

    /// <summary>Takes an answer of the runtime, and returns what its client must get.</summary>
    public Func<InFlightCall, McpReply, ValueTask<McpReply>> OnReply { get; set; } = static (_, reply) => new(reply);

    /// <summary>The token cancels the call until the leg has its outcome.</summary>
    public void AbandonWith(CallLeg leg, CancellationToken cancellationToken) =>
        leg.AbandonWith(AbandonLater, cancellationToken);

    /// <summary>Gives a leg an answer of the runtime, in the form that its client must get.</summary>
    public async ValueTask ReplyAsync(CallLeg leg, McpReply reply)
    {
        // A limit is said by status and headers, wherever it was met: as long as nothing went out.
        if (reply.Fault is { Reason: FaultReason.LimitExceeded } over
            && leg is { Phase: LegPhase.Waiting, HasEmitted: false })
        {
            leg.TryAnswer(McpOutcome.Refused(over));
            calls.Release(leg);
            return;
        }

        await AnswerAsync(leg, await OnReply(leg.Call, reply));
    }

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
            _delivered ??= new TaskCompletionSource();
            await _delivered.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The answer will not be the value: a leg that waits becomes a stream.</summary>
    public void BeginStream(CallLeg leg)
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

    private void AbandonLater(CallLeg leg) => inbox.Post(() =>
    {
        if (leg.Phase == LegPhase.Waiting)
        {
            Cancel(leg);
        }
    });

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
            _delivered = null;
        }
    }
}
