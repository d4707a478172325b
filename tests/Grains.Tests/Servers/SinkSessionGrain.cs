using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Sessions;
using StreamReader = Smcp.Sessions.StreamReader;

namespace Smcp.Servers;

/// <summary>A session that only takes deliveries.</summary>
internal sealed class SinkSessionGrain(IActivationContext activation, DeliverySink sink) : ISessionGrain
{
    public async ValueTask<bool> DeliverAsync(
        CallId? call, IReadOnlyList<McpFrame> frames, CancellationToken cancellationToken)
    {
        var taken = await sink.OnDeliver(activation.Key);
        foreach (var frame in taken ? frames : [])
        {
            sink.Frames.Writer.TryWrite((activation.Key, call, frame));
        }

        return taken;
    }

    public Task<McpOutcome> InitializeAsync(CallContext context, McpCall call, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<SessionInfo> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<McpOutcome> CallAsync(CallContext context, McpCall call, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<BatchOutcome> CallBatchAsync(
        CallContext context, IReadOnlyList<McpCall> calls, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<McpFault?> NotifyAsync(
        CallContext context, McpCall notification, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<McpFault?> AnswerAsync(
        CallContext context, JsonRpcId questionId, McpReply answer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<StreamOpening> OpenStreamAsync(
        CallContext context, StreamReader reader, string? lastEventId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<StreamPage> ReadStreamAsync(
        CallContext context,
        StreamReader reader,
        long streamId,
        long afterSequence,
        CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask CloseConnectionAsync(
        CallContext context, StreamReader reader, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<McpFault?> DeleteAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TimeSpan?> ExpireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask EndAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
