using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>A session that the runtime knows.</summary>
internal sealed class Peer(
    ClientCapabilities capabilities, IReadOnlyList<string> subscriptions, int notificationsMax)
{
    public ClientCapabilities Capabilities { get; } = capabilities;

    /// <summary>What its runtime will be shown of it; null once it was.</summary>
    public RuntimePeer? Resting { get; set; }

    /// <summary>The resources whose updates it wants.</summary>
    public HashSet<string> Subscriptions { get; private set; } = [.. subscriptions];

    /// <summary>Notifications of no call that wait for delivery.</summary>
    public NotificationQueue Waiting { get; } = new(notificationsMax);

    /// <summary>Whether a delivery is under way.</summary>
    public bool Delivering { get; set; }

    /// <summary>Whether notifications were dropped since its queue was last empty.</summary>
    public bool Loses { get; set; }

    public void Subscribe(IReadOnlyList<string> uris)
    {
        Subscriptions = [.. uris];
        Waiting.KeepUpdates(Subscriptions);
    }
}
