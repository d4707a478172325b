using Smcp.Mcp.Answers;
using Smcp.Mcp.Relay;
using Smcp.Mcp.Routes;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Mcp.Dispatch;

/// <summary>The way of 2026-07-28: straight to the instance. A client that disconnects cancels its call.</summary>
internal sealed class StatelessDispatch(
    InstanceRoutes instances, FrameRelays relays, CallNames names, MovingInstances moving)
{
    private static readonly McpOutcome VersionOver = McpOutcome.Refused(
        FaultReason.Unavailable, "The server changes its version now; nothing was run.");

    public async Task CallAsync(McpExchange exchange)
    {
        var (instance, fault) = await instances.FindAsync(exchange);
        if (instance is null)
        {
            await exchange.RefuseAsync(fault!);
            return;
        }

        var call = new InstanceCall
        {
            Id = names.Next(),
            Call = exchange.Message.ToCall(),
        };
        if (exchange.Message.Method == McpMethods.SubscriptionsListen)
        {
            await relays.ListenAsync(exchange, token => instance.ListenAsync(exchange.Context(), call, token));
            return;
        }

        var context = exchange.Context();
        var outcome = await instance.CallAsync(context, call, exchange.Http.RequestAborted);
        if (outcome.Fault is { Reason: FaultReason.SessionNotFound })
        {
            (instance, outcome) = await CallAgainAsync(exchange, call, instance);
        }

        if (outcome.Fault is { Reason: FaultReason.Moving })
        {
            outcome = await moving.CallAsync(instance, context, call, exchange.Http.RequestAborted);
        }

        if (outcome.Answer is { } answer)
        {
            await JsonAnswer.WriteAsync(
                exchange.Http, McpErrorMap.StatusOf(answer, exchange.Revision), exchange.Id, answer);
        }
        else if (outcome.Stream is { } ticket)
        {
            await relays.FollowAsync(exchange, token => instance.FollowAsync(context, ticket.Call, token));
        }
        else
        {
            await exchange.RefuseAsync(outcome.Fault ?? McpErrorMap.NoAnswer);
        }
    }

    /// <summary>The instance is of a version that serves no more, and ran nothing: asks one of the next.</summary>
    private async ValueTask<(IInstanceGrain Instance, McpOutcome Outcome)> CallAgainAsync(
        McpExchange exchange, InstanceCall call, IInstanceGrain over)
    {
        var (instance, fault) = await instances.FindAgainAsync(exchange);
        if (instance is null)
        {
            return (over, McpOutcome.Refused(fault!));
        }

        var outcome = await instance.CallAsync(exchange.Context(), call, exchange.Http.RequestAborted);
        return (instance, outcome.Fault is { Reason: FaultReason.SessionNotFound } ? VersionOver : outcome);
    }
}
