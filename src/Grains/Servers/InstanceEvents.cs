using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// What one start of the runtime says, brought onto the activation's scheduler. It names its start, so that the last
/// words of a runtime that is gone do not concern its successor.
/// </summary>
internal sealed class InstanceEvents(
    InstanceInbox inbox,
    int notificationsMax,
    Action<InstanceEvents, string?, McpFrame> onNotify,
    Action<InstanceEvents, string> onEnded) : IRuntimeEvents
{
    private int _waiting;

    /// <inheritdoc/>
    public void Notify(string? session, McpFrame notification)
    {
        if (Interlocked.Increment(ref _waiting) > notificationsMax)
        {
            Interlocked.Decrement(ref _waiting);
            return;
        }

        inbox.Post(() =>
        {
            Interlocked.Decrement(ref _waiting);
            onNotify(this, session, notification);
        });
    }

    /// <inheritdoc/>
    public void Ended(string reason) => inbox.Post(() => onEnded(this, reason));
}
