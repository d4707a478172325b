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
    private readonly Lock _gate = new();
    private readonly HashSet<(string? Session, ChangeNotice Notice)> _notices = [];
    private int _others;

    /// <inheritdoc/>
    public void Notify(string? session, McpFrame notification)
    {
        if (ChangeNotice.Of(notification) is { } notice)
        {
            Announce(session, notice, notification);
        }
        else if (Interlocked.Increment(ref _others) > notificationsMax)
        {
            Interlocked.Decrement(ref _others);
        }
        else
        {
            inbox.Post(() =>
            {
                Interlocked.Decrement(ref _others);
                onNotify(this, session, notification);
            });
        }
    }

    /// <inheritdoc/>
    public void Ended(string reason) => inbox.Post(() => onEnded(this, reason));

    /// <summary>
    /// A change is never left unsaid: one that waits already stands for it, and where too many wait to be told apart,
    /// everybody hears that any resource may have changed.
    /// </summary>
    private void Announce(string? session, ChangeNotice notice, McpFrame frame)
    {
        lock (_gate)
        {
            if (_notices.Count >= notificationsMax)
            {
                session = null;
                (notice, frame) = notice.Uri is null
                    ? (notice, frame)
                    : (notice with { Uri = null }, ChangeNotice.AnyResource);
            }

            if (!_notices.Add((session, notice)))
            {
                return;
            }
        }

        inbox.Post(() =>
        {
            lock (_gate)
            {
                _notices.Remove((session, notice));
            }

            onNotify(this, session, frame);
        });
    }
}
