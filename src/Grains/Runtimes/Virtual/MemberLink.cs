using System.Security.Cryptography;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>
/// A client's conversation with a member: each request goes to the member's instance as its client's own, so what the
/// client may do there is decided there, as of that request.
/// </summary>
internal sealed class MemberLink(
    MemberPlace place, CallContext opener, IEngineFailures failures, MovingInstances moving) : IUpstreamLink
{
    private const int CallIdBytes = 16;

    private static readonly McpFault VersionOver =
        new(FaultReason.Unavailable, "The server changes its version now; nothing was run.");

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task<string> Ended => _ended.Task;

    /// <inheritdoc/>
    public void Begin(IUpstreamExchange others)
    {
        // What belongs to no request comes by a request of its own here: subscriptions/listen.
    }

    /// <inheritdoc/>
    public void Agree(McpRevision revision)
    {
        // An instance serves one revision without sessions.
    }

    /// <inheritdoc/>
    public async ValueTask<UpstreamAnswer> RequestAsync(
        UpstreamRequest request, IUpstreamExchange exchange, CancellationToken cancellationToken)
    {
        var context = (request.Caller ?? opener) with { Revision = McpRevision.V20260728.Value };
        try
        {
            return await RequestAsync(context, request, exchange, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return UpstreamAnswer.Failed(UpstreamFailure.Cancelled);
        }
        catch (Exception exception) when (failures.Classify(exception) is var failure and not EngineFailure.None)
        {
            return UpstreamAnswer.Failed(failure switch
            {
                EngineFailure.Unavailable => UpstreamFailure.NotSent,
                EngineFailure.Cancelled => UpstreamFailure.Cancelled,
                _ => UpstreamFailure.Lost,
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> NotifyAsync(
        string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken) => new(true);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _ended.TrySetResult("The virtual server let go of it.");
        return ValueTask.CompletedTask;
    }

    private static InstanceCall CallOf(UpstreamRequest request) => new()
    {
        Id = CallId.Parse(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CallIdBytes))),
        Call = new McpCall
        {
            Method = request.Method,
            Id = JsonRpcId.FromNumber(request.Id),
            Params = request.Params,
        },
    };

    private async ValueTask<UpstreamAnswer> RequestAsync(
        CallContext context, UpstreamRequest request, IUpstreamExchange exchange, CancellationToken cancellationToken)
    {
        var call = CallOf(request);
        var isAnew = false;
        while (true)
        {
            var (instance, fault) = await place.FindAsync(context, isAnew, cancellationToken);
            if (instance is null)
            {
                return UpstreamAnswer.Of(UpstreamFaults.Reply(fault!));
            }

            if (request.Method == McpMethods.SubscriptionsListen)
            {
                return await ReadAsync(instance.ListenAsync(context, call, cancellationToken), exchange);
            }

            var outcome = await instance.CallAsync(context, call, cancellationToken);
            if (outcome.Fault is { Reason: FaultReason.Moving })
            {
                outcome = await moving.CallAsync(instance, context, call, cancellationToken);
            }

            if (outcome.Fault is { Reason: FaultReason.SessionNotFound } && !isAnew)
            {
                // The version that served it ended, and ran nothing: the next is asked, once.
                isAnew = true;
                continue;
            }

            return outcome switch
            {
                { Answer: { } answer } => UpstreamAnswer.Of(answer),
                { Stream: { } ticket } =>
                    await ReadAsync(instance.FollowAsync(context, ticket.Call, cancellationToken), exchange),
                { Fault.Reason: FaultReason.SessionNotFound } => UpstreamAnswer.Of(UpstreamFaults.Reply(VersionOver)),
                _ => UpstreamAnswer.Of(UpstreamFaults.Reply(outcome.Fault!)),
            };
        }
    }

    private static async ValueTask<UpstreamAnswer> ReadAsync(
        IAsyncEnumerable<McpFrame> frames, IUpstreamExchange exchange)
    {
        await foreach (var frame in frames)
        {
            switch (frame.Kind)
            {
                case McpFrameKind.Notification:
                    await exchange.NotifiedAsync(frame);
                    break;
                case McpFrameKind.Result:
                    return UpstreamAnswer.Of(McpReply.Result(frame.Body));
                case McpFrameKind.Error:
                    return UpstreamAnswer.Of(McpReply.Error(frame.Body));
                default:
                    break;
            }
        }

        return UpstreamAnswer.Failed(UpstreamFailure.Lost);
    }
}
