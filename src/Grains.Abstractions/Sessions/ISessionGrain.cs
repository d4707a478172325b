using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Sessions;

/// <summary>
/// One client's session (revisions before 2026-07-28); key: <see cref="SessionKey"/>. Owns the negotiated state, the
/// calls in flight and the event log that SSE resumes from. Every method checks that the caller is the principal who
/// opened it; to anybody else it is unknown.
/// </summary>
[Grain("session")]
public interface ISessionGrain
{
    /// <summary>
    /// Opens the session by the client's <c>initialize</c>; durable before it returns. The answer is the raw
    /// InitializeResult with the negotiated revision (<see cref="CallContext.Revision"/> of the context, chosen by the
    /// gateway). Never streams.
    /// </summary>
    Task<McpOutcome> InitializeAsync(CallContext context, McpCall call, CancellationToken cancellationToken);

    /// <summary>
    /// The negotiated revision. The gateway asks once per session and connection cache, not on each call.
    /// </summary>
    [Interleaves]
    ValueTask<SessionInfo> DescribeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one request. Returns within the answer window: the answer itself, or the ticket of its stream.
    /// </summary>
    [Interleaves]
    ValueTask<McpOutcome> CallAsync(CallContext context, McpCall call, CancellationToken cancellationToken);

    /// <summary>Runs the requests of a batch (2025-03-26).</summary>
    [Interleaves]
    ValueTask<BatchOutcome> CallBatchAsync(
        CallContext context, IReadOnlyList<McpCall> calls, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a notification of the client: initialized, cancelled, progress, roots changed. Null when accepted.
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> NotifyAsync(CallContext context, McpCall notification, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the client's answer to a question of the server; durable before it returns. Null when accepted, also for a
    /// question that is answered already or unknown (the client cannot know).
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> AnswerAsync(
        CallContext context, Smcp.Protocol.JsonRpcId questionId, McpReply answer, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a stream for a GET: a new one, or the one that <paramref name="lastEventId"/> names, ending that stream's
    /// older connection. The connection is registered under a lease that each read renews.
    /// </summary>
    [Interleaves]
    ValueTask<StreamOpening> OpenStreamAsync(
        CallContext context, StreamReader reader, string? lastEventId, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a stream after a position and registers or renews the reader's lease. A read by a connection that a newer
    /// one replaced returns Close.
    /// </summary>
    [Interleaves]
    ValueTask<StreamPage> ReadStreamAsync(
        CallContext context,
        StreamReader reader,
        long streamId,
        long afterSequence,
        CancellationToken cancellationToken);

    /// <summary>The connection is gone: its streams are no longer open. Not a cancel.</summary>
    [Interleaves]
    ValueTask CloseConnectionAsync(CallContext context, StreamReader reader, CancellationToken cancellationToken);

    /// <summary>Ends the session (DELETE); durable before it returns. Null when ended.</summary>
    [Interleaves]
    ValueTask<McpFault?> DeleteAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From the instance: frames of a call in flight (or of none: <paramref name="call"/> null), in order. When it
    /// returns true they are in the log; false: the session or call is gone, stop sending.
    /// </summary>
    [Interleaves]
    ValueTask<bool> DeliverAsync(CallId? call, IReadOnlyList<McpFrame> frames, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant: end the session if it is idle or old beyond its limits. Returns how long from now to look
    /// again, or null when it is gone.
    /// </summary>
    [Interleaves]
    ValueTask<TimeSpan?> ExpireAsync(CancellationToken cancellationToken);

    /// <summary>
    /// From the instance: the server serves it no more. It ends, as if its client had ended it; durable before it
    /// returns.
    /// </summary>
    [Interleaves]
    ValueTask EndAsync(CancellationToken cancellationToken);
}
