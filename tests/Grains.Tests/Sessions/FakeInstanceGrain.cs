using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;
using Smcp.Servers.Deploying;
using Smcp.Tasks;

namespace Smcp.Sessions;

/// <summary>An instance that does what the test says.</summary>
internal sealed class FakeInstanceGrain(FakeServer server) : IInstanceGrain
{
    public ValueTask<McpOutcome> OpenPeerAsync(
        CallContext context, InstancePeer peer, CancellationToken cancellationToken)
    {
        server.Opened.Enqueue(peer);
        return new(server.OnOpen(peer));
    }

    public ValueTask ClosePeerAsync(string session, CancellationToken cancellationToken)
    {
        server.Closed.Enqueue(session);
        return ValueTask.CompletedTask;
    }

    public ValueTask<McpOutcome> CallAsync(CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        if (server.TakePeerForgotten())
        {
            return new(McpOutcome.Refused(FaultReason.PeerUnknown, "forgotten"));
        }

        server.Calls.Enqueue(call);
        return server.OnCall(call);
    }

    public IAsyncEnumerable<McpFrame> FollowAsync(
        CallContext context, CallId call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<McpFrame> ListenAsync(
        CallContext context, InstanceCall listen, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask CancelAsync(
        CallContext context, CallId call, string? reason, CancellationToken cancellationToken)
    {
        server.Cancelled.Enqueue(call);
        return ValueTask.CompletedTask;
    }

    public ValueTask AnswerAsync(
        CallContext context, CallId call, string questionId, McpReply answer, CancellationToken cancellationToken)
    {
        if (server.AnswerFailure is { } failure)
        {
            server.AnswerFailure = null;
            throw failure;
        }

        server.Answers.Enqueue((call, questionId, answer));
        return ValueTask.CompletedTask;
    }

    public ValueTask NotifyAsync(
        CallContext context, string session, McpCall notification, CancellationToken cancellationToken)
    {
        server.Notifications.Enqueue(notification);
        return ValueTask.CompletedTask;
    }

    public ValueTask SubscribeAsync(
        CallContext context, string session, IReadOnlyList<string> uris, CancellationToken cancellationToken)
    {
        server.Subscriptions.Enqueue(uris);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<CallId>> AttachAsync(
        string session, IReadOnlyList<CallId> calls, CancellationToken cancellationToken) =>
        new([.. calls.Where(server.Alive.ContainsKey)]);

    public ValueTask<bool> ContinueTaskAsync(
        CallId run, IReadOnlyList<TaskAnswer> answers, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask StopTaskAsync(CallId run, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ManifestOutcome> ReadManifestAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask EndAsync(McpFault why, CancellationToken cancellationToken) => throw new NotSupportedException();
}
