using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>The sessions that the runtime knows, and the notifications of no call on their way to them.</summary>
internal sealed partial class PeerTable(
    IActivationContext activation, InstanceOptions options, SessionDelivery delivery, ILogger logger)
{
    private static readonly McpOutcome TooMany =
        McpOutcome.Refused(FaultReason.LimitExceeded, "The server has too many sessions.");

    private readonly Dictionary<string, Peer> _peers = [];

    public int Count => _peers.Count;

    /// <summary>The sessions, by their keys.</summary>
    public IReadOnlyCollection<string> Sessions => [.. _peers.Keys];

    public ClientCapabilities CapabilitiesOf(string session) =>
        _peers.TryGetValue(session, out var peer) ? peer.Capabilities : ClientCapabilities.None;

    /// <summary>Shows the runtime a session and returns its answer to <c>initialize</c>.</summary>
    public async ValueTask<McpOutcome> OpenAsync(
        IServerRuntime runtime, CallContext context, InstancePeer peer, CancellationToken cancellationToken)
    {
        if (Add(peer) is null)
        {
            return TooMany;
        }

        var reply = await runtime.OpenPeerAsync(Shown(context, peer), cancellationToken);
        if (reply.IsError)
        {
            _peers.Remove(peer.Session);
        }

        return reply.Fault is { Reason: FaultReason.LimitExceeded } over
            ? McpOutcome.Refused(over)
            : McpOutcome.Answered(reply);
    }

    /// <summary>
    /// Takes up a session that nothing runs for yet: its client has its answer, and the runtime is shown it with the
    /// first call that needs it.
    /// </summary>
    public McpOutcome Rest(CallContext context, InstancePeer peer, McpReply answer)
    {
        if (Add(peer) is not { } added)
        {
            return TooMany;
        }

        added.Resting = Shown(context, peer);
        return McpOutcome.Answered(answer);
    }

    /// <summary>Shows the runtime a session that rests, since it wants to hear of something.</summary>
    public async ValueTask WakeAsync(IServerRuntime runtime, string session, CancellationToken cancellationToken)
    {
        if (_peers.TryGetValue(session, out var peer) && peer.Resting is { } resting && peer.Subscriptions.Count > 0)
        {
            peer.Resting = null;
            await runtime.OpenPeerAsync(
                resting with { Subscriptions = [.. peer.Subscriptions] }, cancellationToken);
        }
    }

    /// <summary>Forgets a session.</summary>
    public void Close(string session) => _peers.Remove(session);

    /// <summary>Forgets all: the runtime that knew them is gone.</summary>
    public void Clear() => _peers.Clear();

    public void Subscribe(string session, IReadOnlyList<string> uris)
    {
        if (_peers.TryGetValue(session, out var peer))
        {
            peer.Subscribe(uris);
        }
    }

    /// <summary>Passes a notification of no call to one session, or to all that it concerns.</summary>
    public void Notify(string? session, McpFrame frame)
    {
        var notice = ChangeNotice.Of(frame);
        if (session is not null)
        {
            if (_peers.TryGetValue(session, out var peer))
            {
                Notify(session, peer, notice, frame);
            }

            return;
        }

        foreach (var (name, peer) in _peers)
        {
            Notify(name, peer, notice, frame);
        }
    }

    private Peer? Add(InstancePeer peer) =>
        _peers.ContainsKey(peer.Session) || _peers.Count < options.PeersMax
            ? _peers[peer.Session] = new Peer(
                ClientCapabilities.OfInitialize(peer.Initialize), peer.Subscriptions, options.NotificationsMax)
            : null;

    private static RuntimePeer Shown(CallContext context, InstancePeer peer) =>
        new(peer.Session, context, peer.Initialize, peer.LogLevel) { Subscriptions = peer.Subscriptions };

    private void Notify(string session, Peer peer, ChangeNotice? notice, McpFrame frame)
    {
        if (notice is { IsOfAnyResource: true } any)
        {
            foreach (var uri in peer.Subscriptions)
            {
                Enqueue(session, peer, any with { Uri = uri }, ChangeNotice.OfResource(uri));
            }
        }
        else if (notice is not { Uri: { } uri } || peer.Subscriptions.Contains(uri))
        {
            Enqueue(session, peer, notice, frame);
        }
    }

    private void Enqueue(string session, Peer peer, ChangeNotice? notice, McpFrame frame)
    {
        if (peer.Waiting.TryAdd(notice, frame))
        {
            if (!peer.Delivering)
            {
                _ = DeliverAsync(session, peer);
            }
        }
        else if (!peer.Loses)
        {
            // Said once until its queue is empty again: who floods a session must not flood the log.
            peer.Loses = true;
            LogNotificationDropped(activation.Key, frame.Method);
        }
    }

    private async Task DeliverAsync(string session, Peer peer)
    {
        peer.Delivering = true;
        while (peer.Waiting.Count > 0)
        {
            var batch = new List<McpFrame>();
            while (batch.Count < options.DeliveryFramesMax && peer.Waiting.TryTake(out var frame))
            {
                batch.Add(frame);
            }

            if (!await delivery.NotifyAsync(session, batch))
            {
                peer.Waiting.Clear();
            }
        }

        peer.Delivering = false;
        peer.Loses = false;
    }
}
