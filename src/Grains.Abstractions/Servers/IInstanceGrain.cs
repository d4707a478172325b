using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers.Deploying;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>
/// A running server; key: <see cref="InstanceKey"/>. Owns one runtime and the calls in it. Nothing of it survives its
/// process except what it stores; a call in flight then gets a definite error, never a second run.
/// </summary>
[Grain("instance")]
public interface IInstanceGrain
{
    /// <summary>
    /// Makes a session known to the runtime and returns the raw InitializeResult; again after the runtime forgot it
    /// (<see cref="FaultReason.PeerUnknown"/>).
    /// </summary>
    [Interleaves]
    ValueTask<McpOutcome> OpenPeerAsync(CallContext context, InstancePeer peer, CancellationToken cancellationToken);

    /// <summary>From a session that ended or went idle: what the runtime holds for it may go.</summary>
    [Interleaves]
    ValueTask ClosePeerAsync(string session, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one request. Returns within the answer window: the answer, if it came and nothing was emitted before it;
    /// otherwise a ticket (stream id 0), and everything goes to the session by <c>DeliverAsync</c>, in order, or,
    /// without a session, to who follows the call. The token cancels the call only until it returns.
    /// </summary>
    [Interleaves]
    ValueTask<McpOutcome> CallAsync(CallContext context, InstanceCall call, CancellationToken cancellationToken);

    /// <summary>
    /// The frames of a call without session, from its first, to its one reader; the last is the result or error. A
    /// reader that goes away cancels the call, as does none coming within the follow time.
    /// </summary>
    IAsyncEnumerable<McpFrame> FollowAsync(CallContext context, CallId call, CancellationToken cancellationToken);

    /// <summary>
    /// Listens for changes (2026-07-28 <c>subscriptions/listen</c>): the acknowledgement, then notifications, until the
    /// reader goes or the instance ends.
    /// </summary>
    IAsyncEnumerable<McpFrame> ListenAsync(
        CallContext context, InstanceCall listen, CancellationToken cancellationToken);

    /// <summary>The client cancelled the call. Unknown calls are ignored.</summary>
    [Interleaves]
    ValueTask CancelAsync(CallContext context, CallId call, string? reason, CancellationToken cancellationToken);

    /// <summary>The client's answer to a question of a call that came through a session.</summary>
    [Interleaves]
    ValueTask AnswerAsync(
        CallContext context, CallId call, string questionId, McpReply answer, CancellationToken cancellationToken);

    /// <summary>A notification of the session's client for its server: progress, roots changed.</summary>
    [Interleaves]
    ValueTask NotifyAsync(
        CallContext context, string session, McpCall notification, CancellationToken cancellationToken);

    /// <summary>The session's resource subscriptions are now these.</summary>
    [Interleaves]
    ValueTask SubscribeAsync(
        CallContext context, string session, IReadOnlyList<string> uris, CancellationToken cancellationToken);

    /// <summary>
    /// From the server's grain, to the instance that is for that (<see cref="InstanceKey.ForManifest"/>): starts the
    /// version, reads what it offers as a plain client would, and ends it.
    /// </summary>
    [Interleaves]
    ValueTask<ManifestOutcome> ReadManifestAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From a session that moved or woke, and at each of its heartbeats while calls stream: which of its calls are
    /// still in flight here. The others died.
    /// </summary>
    [Interleaves]
    ValueTask<IReadOnlyList<CallId>> AttachAsync(
        string session, IReadOnlyList<CallId> calls, CancellationToken cancellationToken);

    /// <summary>
    /// From a task: answers to questions of its run. False when the run is not at work here: it
    /// died, and is not run again. With no answers it only asks that.
    /// </summary>
    [Interleaves]
    ValueTask<bool> ContinueTaskAsync(
        CallId run, IReadOnlyList<TaskAnswer> answers, CancellationToken cancellationToken);

    /// <summary>From a task: its run is no longer wanted.</summary>
    [Interleaves]
    ValueTask StopTaskAsync(CallId run, CancellationToken cancellationToken);

    /// <summary>
    /// From the server's grain: it serves nobody any more. Its calls in flight are answered so, its processes killed
    /// and its sessions ended; when this returns they are.
    /// </summary>
    [Interleaves]
    ValueTask EndAsync(McpFault why, CancellationToken cancellationToken);
}
