using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>
/// What the session's client says: whose matter a request is, the session's own or the server's, and what a
/// notification or an answer changes.
/// </summary>
internal sealed class ClientInbox(SessionData data, PeerLink peer, CallForwarder calls, Heartbeat heartbeat)
{
    private readonly ClientRequests _requests = new(data, peer);

    public ValueTask<McpOutcome> DispatchAsync(CallContext context, McpCall call, CallBatch? batch) =>
        call.Method switch
        {
            McpMethods.Ping => new(ClientRequests.Ping()),
            McpMethods.SetLogLevel => SetLogLevelAsync(context, call, batch),
            McpMethods.ResourcesSubscribe or McpMethods.ResourcesUnsubscribe => SubscribeAsync(context, call),
            McpMethods.Initialize =>
                new(McpOutcome.Refused(FaultReason.InvalidRequest, "The session is initialized already.")),
            McpMethods.Discover or McpMethods.SubscriptionsListen =>
                new(McpOutcome.Refused(
                    FaultReason.MethodNotFound, $"Sessions have no method {ClientText.Clip(call.Method)}.")),
            _ => calls.RunAsync(context, call, batch),
        };

    public async ValueTask TakeAsync(CallContext context, McpCall notification)
    {
        switch (notification.Method)
        {
            case McpMethods.Initialized when !data.State.Initialized:
                data.State = data.State with { Initialized = true };
                await data.CommitAsync();
                break;
            case McpMethods.Cancelled:
                // initialize is not among the calls in flight, so it cannot be cancelled (2025-11-25 cancellation).
                var reason = ClientRequests.ReadString(notification.Params, "reason"u8);
                await calls.CancelAsync(context, ClientRequests.ReadRequestId(notification.Params), reason);
                break;
            case McpMethods.Progress or McpMethods.RootsListChanged:
                await peer.TryAsync(instance =>
                    instance.NotifyAsync(context, data.Name, notification, CancellationToken.None));
                break;
        }
    }

    public async ValueTask TakeAnswerAsync(CallContext context, JsonRpcId questionId, McpReply answer)
    {
        if (data.Questions.TryFind(questionId, out var question) && question.Answer is null)
        {
            question.Answer = answer;
            await data.CommitAsync();
            await HandOverAsync(context, question);
        }
    }

    /// <summary>
    /// The answer is committed: it may be handed over again after a crash, so its row goes only after it arrived.
    /// </summary>
    public async ValueTask HandOverAsync(CallContext context, SessionQuestion question)
    {
        if (await peer.AnswerAsync(context, question))
        {
            data.Questions.Remove(question);
        }
        else
        {
            heartbeat.Start();
        }
    }

    private async ValueTask<McpOutcome> SetLogLevelAsync(CallContext context, McpCall call, CallBatch? batch)
    {
        McpOutcome? refusal = null;
        var fault = await SessionData.StoringAsync(async () => refusal = await _requests.SetLogLevelAsync(call));
        return fault is null ? refusal ?? await calls.RunAsync(context, call, batch) : McpOutcome.Refused(fault);
    }

    private async ValueTask<McpOutcome> SubscribeAsync(CallContext context, McpCall call)
    {
        McpOutcome? outcome = null;
        var fault = await SessionData.StoringAsync(
            async () => outcome = await _requests.SubscribeAsync(context, call));
        return fault is null ? outcome! : McpOutcome.Refused(fault);
    }
}
