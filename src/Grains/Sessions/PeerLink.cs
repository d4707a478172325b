using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>
/// The session's side of its instance: where it is, and how it is shown the session again when its runtime forgot it.
/// </summary>
internal sealed partial class PeerLink(
    SessionData data, IGrainLocator grains, IEngineFailures failures, MovingInstances moving, ILogger logger)
{
    private IInstanceGrain? _instance;
    private Task<McpFault?>? _reopening;

    public IInstanceGrain Instance => _instance ??= grains.Locate<IInstanceGrain>(data.Terms.Instance);

    /// <summary>The instance leaves its node and ran nothing: asks until it is on another.</summary>
    public ValueTask<McpOutcome> CallWhenMovedAsync(CallContext context, InstanceCall call) =>
        moving.CallAsync(Instance, context, call, CancellationToken.None);

    /// <summary>
    /// The runtime did not know the session, so nothing ran: shows it the session, and asks once more.
    /// </summary>
    public async ValueTask<McpOutcome> ReopenAndCallAsync(CallContext context, InstanceCall call)
    {
        if (await ReopenAsync(context) is { } fault)
        {
            return McpOutcome.Refused(fault);
        }

        var outcome = await Instance.CallAsync(context, call, CancellationToken.None);
        return outcome.Fault is { Reason: FaultReason.PeerUnknown }
            ? McpOutcome.Refused(FaultReason.Unavailable, "The server forgot the session again; nothing was run.")
            : outcome;
    }

    /// <summary>Which of these calls are still at work there; null when that cannot be told now.</summary>
    public async ValueTask<IReadOnlyList<CallId>?> AttachAsync(IReadOnlyList<CallId> calls)
    {
        try
        {
            return await Instance.AttachAsync(data.Name, calls, CancellationToken.None);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            LogAttachFailed(logger, exception);
            return null;
        }
    }

    /// <summary>
    /// Hands an answer that is committed to the server. False when it did not get there: it is tried again.
    /// </summary>
    public async ValueTask<bool> AnswerAsync(CallContext context, SessionQuestion question)
    {
        try
        {
            await Instance.AnswerAsync(
                context, question.Call, question.QuestionId, question.Answer!, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            LogAnswerFailed(logger, exception);
            return false;
        }
    }

    /// <summary>Passes on what may be lost with the runtime that it is for.</summary>
    public async ValueTask TryAsync(Func<IInstanceGrain, ValueTask> send)
    {
        try
        {
            await send(Instance);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            LogSendFailed(logger, exception);
        }
    }

    /// <summary>Calls that find the peer unknown at the same time share one opening.</summary>
    private async Task<McpFault?> ReopenAsync(CallContext context)
    {
        var reopening = _reopening ??= OpenAsync(context);
        try
        {
            return await reopening;
        }
        finally
        {
            if (_reopening == reopening)
            {
                _reopening = null;
            }
        }
    }

    private async Task<McpFault?> OpenAsync(CallContext context)
    {
        LogReopening(logger);
        var peer = new InstancePeer
        {
            Session = data.Name,
            Initialize = data.Terms.Initialize,
            LogLevel = data.State.LogLevel,
            Subscriptions = data.State.Subscriptions,
            IsNeeded = true,
        };
        var outcome = await Instance.OpenPeerAsync(context, peer, CancellationToken.None);
        return outcome switch
        {
            { Fault.Reason: FaultReason.PeerUnknown } or { Answer.IsError: true } =>
                new McpFault(FaultReason.Unavailable, "The server does not take the session back; nothing was run."),
            { Fault: { } fault } => fault,
            _ => null,
        };
    }
}
