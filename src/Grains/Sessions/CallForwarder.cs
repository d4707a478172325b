using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Sessions;

/// <summary>
/// Takes requests to the instance, and decides for each what its client gets: the answer, or the ticket of a stream.
/// </summary>
internal sealed partial class CallForwarder(
    SessionData data, PeerLink peer, Delivery delivery, IEngineFailures failures, ILogger logger)
{
    private static readonly McpReply OutcomeUnknown = McpReply.Error(JsonRpcWriter.Error(
        McpErrorCodes.InternalError,
        "The server was lost before it answered; whether the call took effect is unknown."));

    /// <summary>The version of the server that the session began on serves nobody any more. Set by the grain.</summary>
    public Action OnServerGone { get; set; } = static () => { };

    /// <summary>
    /// Runs one request. One that is answered within the window writes nothing and leaves nothing behind: this is the
    /// path that must be short.
    /// </summary>
    public async ValueTask<McpOutcome> RunAsync(CallContext context, McpCall request, CallBatch? batch)
    {
        if (data.Calls.Refuse(request.Id) is { } refusal)
        {
            return McpOutcome.Refused(refusal);
        }

        var call = data.Calls.Begin(request, batch);
        try
        {
            // No token: that a client disconnects is not a cancel before 2026-07-28.
            var down = new InstanceCall { Id = call.Id, Call = request, Session = data.Name };
            var outcome = await peer.Instance.CallAsync(context, down, CancellationToken.None);
            if (outcome.Fault is { Reason: FaultReason.Moving })
            {
                outcome = await peer.CallWhenMovedAsync(context, down);
            }

            if (outcome.Fault is { Reason: FaultReason.PeerUnknown })
            {
                outcome = await peer.ReopenAndCallAsync(context, down);
            }

            if (outcome.Fault is { Reason: FaultReason.SessionNotFound })
            {
                OnServerGone();
            }

            return outcome.Answer is not null && (call.Stream is null || batch is not null)
                ? outcome
                : await SettleAsync(call, outcome);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            LogCallFailed(logger, exception);
            return OutcomeOf(call, failures.Classify(exception));
        }
        catch (StorageUnavailableException)
        {
            // Its stream could not be stored: the server runs it, and nobody will hear of it.
            return McpOutcome.Refused(
                FaultReason.Internal, "The answer cannot be stored; whether the call took effect is unknown.");
        }
        finally
        {
            if (call.Stream is null && batch is null)
            {
                data.Calls.Remove(call);
            }
        }
    }

    /// <summary>
    /// Runs a batch: if all is answered within the window, those are its answers; else everything goes to one stream.
    /// </summary>
    public async ValueTask<BatchOutcome> RunBatchAsync(
        IReadOnlyList<McpCall> requests, Func<McpCall, CallBatch, ValueTask<McpOutcome>> runAsync)
    {
        var batch = new CallBatch();
        var outcomes = await Task.WhenAll(requests.Select(request => runAsync(request, batch).AsTask()));
        if (batch.Stream is not { } stream)
        {
            batch.Calls.ForEach(data.Calls.Remove);
            return new BatchOutcome { Answers = [.. outcomes.Select(AnswerOf)] };
        }

        await AppendDirectAsync(stream, batch, requests, outcomes);
        data.Release(stream);
        await data.CommitAsync();
        return new BatchOutcome { Stream = new StreamTicket(batch.Calls[0].Id, stream.Id) };
    }

    /// <summary>The client cancelled a request: its stream, where it has one, ends without an answer.</summary>
    public async ValueTask CancelAsync(CallContext context, JsonRpcId clientId, string? reason)
    {
        if (!data.Calls.TryFind(clientId, out var call))
        {
            return;
        }

        await delivery.FinishAsync(call);
        await peer.TryAsync(instance => instance.CancelAsync(context, call.Id, reason, CancellationToken.None));
    }

    /// <summary>
    /// Asks the instance for the calls that stream: those that it does not have died with their process, and are told
    /// so.
    /// </summary>
    public async ValueTask FailLostCallsAsync()
    {
        var calls = data.Calls.Streaming.Where(call => call.StreamCommitted is { IsCompleted: true }).ToList();
        if (calls.Count == 0 || await peer.AttachAsync([.. calls.Select(call => call.Id)]) is not { } alive)
        {
            return;
        }

        foreach (var call in calls.Where(call => !call.IsOver && !alive.Contains(call.Id)))
        {
            LogCallLost(logger);
            await delivery.AnswerAsync(call, OutcomeUnknown);
        }
    }

    /// <summary>What calls of a batch came to that did not turn to its stream themselves goes there too.</summary>
    private async ValueTask AppendDirectAsync(
        SessionStream stream, CallBatch batch, IReadOnlyList<McpCall> requests, McpOutcome[] outcomes)
    {
        var entries = new List<LogEntry>();
        var answered = new List<SessionCall>();
        foreach (var (request, outcome) in requests.Zip(outcomes).Where(pair => pair.Second.Stream is null))
        {
            var call = batch.Find(request);
            entries.Add(new LogEntry
            {
                StreamId = stream.Id,
                Answers = call?.Id,
                Message = SessionMessages.Answer(request.Id, AnswerOf(outcome)),
            });
            answered.AddRange(call is null ? [] : [call]);
        }

        await delivery.AppendAsync(entries);
        answered.ForEach(data.Finish);
    }

    private async ValueTask<McpOutcome> SettleAsync(SessionCall call, McpOutcome outcome)
    {
        if (call.IsOver && call.Stream is null)
        {
            return McpOutcome.Refused(FaultReason.Cancelled, "The request was cancelled.");
        }

        if (outcome.Stream is not null)
        {
            await delivery.OpenStreamAsync(call);
            return TicketOf(call);
        }

        if (call.Stream is null || call.Batch is not null)
        {
            return outcome;
        }

        await delivery.AnswerAsync(call, AnswerOf(outcome));
        return TicketOf(call);
    }

    /// <summary>
    /// A call that streams already may have survived: the heartbeat finds out. Otherwise its client is told what is
    /// known.
    /// </summary>
    private static McpOutcome OutcomeOf(SessionCall call, EngineFailure failure)
    {
        if (call.Stream is not null)
        {
            return TicketOf(call);
        }

        return failure == EngineFailure.Unavailable
            ? McpOutcome.Refused(FaultReason.Unavailable, "The server cannot be reached now; nothing was run.")
            : McpOutcome.Refused(
                FaultReason.TimedOut, "The server did not answer; whether the call took effect is unknown.");
    }

    private static McpOutcome TicketOf(SessionCall call) =>
        McpOutcome.Streaming(new StreamTicket(call.Id, call.Stream!.Id));

    private static McpReply AnswerOf(McpOutcome outcome) =>
        outcome.Answer ?? McpReply.Error(outcome.Fault!.ErrorBody());
}
