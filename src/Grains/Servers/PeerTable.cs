using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>The sessions that the runtime knows, and the notifications of no call on their way to them.</summary>
internal sealed partial class PeerTable(
    IActivationContext activation, InstanceOptions options, SessionDelivery delivery, ILogger logger)
{
    private readonly Dictionary<string, Peer> _peers = [];

    public int Count => _peers.Count;

    public ClientCapabilities CapabilitiesOf(string session) =>
        _peers.TryGetValue(session, out var peer) ? peer.Capabilities : ClientCapabilities.None;

    /// <summary>Shows the runtime a session and returns its answer to <c>initialize</c>.</summary>
    public async ValueTask<McpOutcome> OpenAsync(
        IServerRuntime runtime, CallContext context, InstancePeer peer, CancellationToken cancellationToken)
    {
        if (!_peers.ContainsKey(peer.Session) && _peers.Count >= options.PeersMax)
        {
            return McpOutcome.Refused(FaultReason.LimitExceeded, "The server has too many sessions.");
        }

        _peers[peer.Session] = new Peer(ClientCapabilities.OfInitialize(peer.Initialize), peer.Subscriptions);
        var reply = await runtime.OpenPeerAsync(
            new RuntimePeer(peer.Session, context, peer.Initialize, peer.LogLevel), cancellationToken);
        if (reply.IsError)
        {
            _peers.Remove(peer.Session);
        }

        return McpOutcome.Answered(reply);
    }

    /// <summary>Forgets a session.</summary>
    public void Close(string session) => _peers.Remove(session);

    /// <summary>Forgets all: the runtime that knew them is gone.</summary>
    public void Clear() => _peers.Clear();

    public void Subscribe(string session, IReadOnlyList<string> uris)
    {
        if (_peers.TryGetValue(session, out var peer))
        {
            peer.Subscriptions = [.. uris];
        }
    }

    /// <summary>Passes a notification of no call to one session, or to all that it concerns.</summary>
    public void Notify(string? session, McpFrame frame)
    {
        var uri = frame.Method == McpMethods.ResourceUpdated ? RawJson.Parse(frame.Body)?.Text("uri") : null;
        if (session is not null)
        {
            if (_peers.TryGetValue(session, out var peer))
            {
                Enqueue(session, peer, uri, frame);
            }

            return;
        }

        foreach (var (name, peer) in _peers)
        {
            Enqueue(name, peer, uri, frame);
        }
    }

    private void Enqueue(string session, Peer peer, string? uri, McpFrame frame)
    {
        if (uri is not null && !peer.Subscriptions.Contains(uri))
        {
            return;
        }

        if (McpMethods.IsChangeNotice(frame.Method) && peer.Waiting.Any(waiting => IsSame(waiting, frame)))
        {
            return;
        }

        if (peer.Waiting.Count >= options.NotificationsMax)
        {
            // Said once until its queue is empty again: who floods a session must not flood the log.
            if (!peer.Loses)
            {
                peer.Loses = true;
                LogNotificationDropped(activation.Key, frame.Method);
            }

            return;
        }

        peer.Waiting.Enqueue(frame);
        if (!peer.Delivering)
        {
            _ = DeliverAsync(session, peer);
        }
    }

    private async Task DeliverAsync(string session, Peer peer)
    {
        peer.Delivering = true;
        while (peer.Waiting.Count > 0)
        {
            var batch = new List<McpFrame>();
            while (batch.Count < options.DeliveryFramesMax && peer.Waiting.TryDequeue(out var frame))
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

    private static bool IsSame(McpFrame one, McpFrame other) =>
        one.Method == other.Method && one.Body.Span.SequenceEqual(other.Body.Span);
}
