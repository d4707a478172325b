using System.Collections.Concurrent;
using System.Collections.Frozen;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Sessions;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// A server that is not ours, of any revision, for clients of any: our side as its client, which processes, workers and
/// remote servers have in common. What it is spoken to by is its <see cref="IUpstreamLinks"/>.
/// </summary>
internal sealed partial class UpstreamRuntime(UpstreamTerms terms)
    : IWatchedRuntime, ICheckedRuntime, IKillableRuntime, IRestingRuntime
{
    private static readonly string[] ListChanges =
        [McpMethods.ToolsListChanged, McpMethods.PromptsListChanged, McpMethods.ResourcesListChanged];

    private readonly ConcurrentDictionary<string, UpstreamClient> _sessions = new(StringComparer.Ordinal);
    private readonly UpstreamTable _conversations = new(terms);

    /// <summary>Tasks are not carried over: a server's tools answer their calls.</summary>
    public IReadOnlyDictionary<string, TaskSupport> TaskTools => FrozenDictionary<string, TaskSupport>.Empty;

    /// <inheritdoc/>
    public bool HasPeer(string session) =>
        _sessions.TryGetValue(session, out var client)
        && (client.IsWaiting || _conversations.TryFind(client, out _));

    /// <inheritdoc/>
    public async ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        var client = UpstreamClient.OfPeer(peer);
        var (conversation, fault, _) = await _conversations.OpenAsync(client, cancellationToken);
        if (conversation is null)
        {
            if (!UpstreamInvitation.Is(fault!))
            {
                return UpstreamFaults.Reply(fault!);
            }

            // The session is there before its user is let in: it is in it that they are told how.
            client.IsWaiting = true;
            _sessions[peer.Session] = client;
            return UpstreamInvitation.Described(client, fault!);
        }

        _sessions[peer.Session] = client;
        await conversation.WatchAsync(client.Key, WatchOf(client), cancellationToken);
        var described = conversation.Describe(client);
        return McpReply.Result(InitializeMessage.WithRevision(described.Body, client.Revision.Value));
    }

    /// <inheritdoc/>
    public async ValueTask ClosePeerAsync(string session)
    {
        if (_sessions.TryRemove(session, out var client))
        {
            if (terms.Links.IsShared && _conversations.TryFind(client, out var conversation))
            {
                await conversation.WatchAsync(client.Key, null, CancellationToken.None);
            }

            await _conversations.CloseAsync(client);
        }
    }

    /// <summary>Its work is done off the scheduler of the grain that calls.</summary>
    public ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken) =>
        new(Task.Run(() => RunAsync(call, cancellationToken).AsTask(), CancellationToken.None));

    /// <inheritdoc/>
    public ValueTask NotifyAsync(string? session, McpCall notification, CancellationToken cancellationToken) =>
        session is not null && _sessions.TryGetValue(session, out var client)
            && _conversations.TryFind(client, out var conversation)
            ? conversation.NotifyAsync(notification, cancellationToken)
            : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask SubscribeAsync(
        string session, IReadOnlyCollection<string> uris, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(session, out var client))
        {
            return ValueTask.CompletedTask;
        }

        client.Resources = uris;
        return _conversations.TryFind(client, out var conversation)
            ? conversation.WatchAsync(client.Key, WatchOf(client), cancellationToken)
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<IRuntimeWatch?> ListenAsync(
        CallContext caller, McpCall listen, IReadOnlySet<string> uris, CancellationToken cancellationToken)
    {
        var client = UpstreamClient.OfRequest(caller, listen.Params);
        var (conversation, _, _) = await _conversations.OpenAsync(client, cancellationToken);
        if (conversation is null)
        {
            return null;
        }

        var watching = new UpstreamWatching(conversation);
        await conversation.WatchAsync(watching, new UpstreamWatch(true, uris), cancellationToken);
        await conversation.WatchedAsync(cancellationToken);
        return watching;
    }

    /// <inheritdoc/>
    public bool IsAwake(string? session, CallContext caller, McpCall call)
    {
        if (!terms.Links.IsRunning)
        {
            return false;
        }

        var client = session is null
            ? UpstreamClient.OfRequest(caller, call.Params)
            : _sessions.GetValueOrDefault(session);
        return client is not null && _conversations.TryFind(client, out _);
    }

    /// <inheritdoc/>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => _conversations.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public void Kill() => terms.Links.Kill();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _conversations.DisposeAsync();

    // What concerns a conversation itself is ours to say, in whatever era it is.
    private static bool IsOfTheConnection(string method) => method is McpMethods.Initialize or McpMethods.Ping
        or McpMethods.ResourcesSubscribe or McpMethods.ResourcesUnsubscribe or McpMethods.SubscriptionsListen;

    private static UpstreamWatch WatchOf(UpstreamClient client) =>
        new(true, client.Resources.ToHashSet(StringComparer.Ordinal));

    private ValueTask<McpReply> RunAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        if (McpMethods.IsAboutTasks(call.Call.Method) || IsOfTheConnection(call.Call.Method))
        {
            return new(McpReply.Error(JsonRpcWriter.Error(
                McpErrorCodes.MethodNotFound, $"The method '{ClientText.Clip(call.Call.Method)}' is not available.")));
        }

        if (call.Session is null)
        {
            return OpenAndInvokeAsync(call, cancellationToken);
        }

        if (!_sessions.TryGetValue(call.Session, out var client))
        {
            return new(UpstreamFaults.Reply(UpstreamFailure.SessionLost));
        }

        if (!_conversations.TryFind(client, out var conversation))
        {
            return client.IsWaiting
                ? LetInAndInvokeAsync(client, call, cancellationToken)
                : new(UpstreamFaults.Reply(UpstreamFailure.SessionLost));
        }

        if (call.Call.Method == McpMethods.SetLogLevel)
        {
            client.LogLevel = RawJson.Parse(call.Call.Params)?.Text("level") ?? client.LogLevel;
        }

        return InvokeAsync(client, conversation, call, cancellationToken);
    }

    private async ValueTask<McpReply> OpenAndInvokeAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        var client = UpstreamClient.OfRequest(call.Caller, call.Call.Params);
        var (conversation, fault, _) = await _conversations.OpenAsync(client, cancellationToken);
        if (conversation is not null)
        {
            return await InvokeAsync(client, conversation, call, cancellationToken);
        }

        return call.Call.Method == McpMethods.Discover && UpstreamInvitation.Is(fault!)
            ? UpstreamInvitation.Described(client, fault!)
            : UpstreamInvitation.Shape(client, call.Call.Method, UpstreamFaults.Reply(fault!));
    }

    /// <summary>A session whose user was not let in when it began: perhaps they are now.</summary>
    private async ValueTask<McpReply> LetInAndInvokeAsync(
        UpstreamClient client, RuntimeCall call, CancellationToken cancellationToken)
    {
        var (conversation, fault, _) = await _conversations.OpenAsync(client, cancellationToken);
        if (conversation is null)
        {
            return UpstreamInvitation.Shape(client, call.Call.Method, UpstreamFaults.Reply(fault!));
        }

        if (client.IsWaiting)
        {
            client.IsWaiting = false;
            await conversation.WatchAsync(client.Key, WatchOf(client), cancellationToken);
            foreach (var notice in ListChanges)
            {
                terms.Events.Notify(client.Session, new McpFrame { Kind = McpFrameKind.Notification, Method = notice });
            }
        }

        return await InvokeAsync(client, conversation, call, cancellationToken);
    }

    /// <summary>
    /// A server that forgot the session refused the request, and so ran nothing: it goes into a new one, once.
    /// </summary>
    private async ValueTask<McpReply> InvokeAsync(
        UpstreamClient client, UpstreamConversation conversation, RuntimeCall call, CancellationToken cancellationToken)
    {
        var reply = await conversation.InvokeAsync(client, call, cancellationToken);
        if (!ReferenceEquals(reply, UpstreamFaults.SessionLost))
        {
            return UpstreamInvitation.Shape(client, call.Call.Method, reply);
        }

        LogSessionLost(terms.Logger);
        var (next, fault, _) = await _conversations.OpenAsync(client, cancellationToken);
        if (next is null)
        {
            return UpstreamFaults.Reply(fault!);
        }

        if (client.Session is not null)
        {
            await next.WatchAsync(client.Key, WatchOf(client), cancellationToken);
        }

        return await next.InvokeAsync(client, call, cancellationToken);
    }
}
