using Smcp.Identity;
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
    Action<InstanceEvents, RuntimeAudience, McpFrame> onNotify,
    Action<InstanceEvents, string> onEnded,
    Action<RuntimeNote> onNote,
    Action<string> onWrote) : IRuntimeEvents
{
    private readonly Lock _gate = new();
    private readonly HashSet<(RuntimeAudience Audience, ChangeNotice Notice)> _notices = [];
    private int _others;

    /// <inheritdoc/>
    public void Notify(string? session, McpFrame notification) =>
        Notify(new RuntimeAudience(session, null), notification);

    /// <inheritdoc/>
    public void NotifyListeners(PrincipalId principal, McpFrame notification) =>
        Notify(new RuntimeAudience(null, principal), notification);

    /// <inheritdoc/>
    public void Ended(string reason) => inbox.Post(() => onEnded(this, reason));

    /// <inheritdoc/>
    public void Wrote(string line) => onWrote(line);

    /// <inheritdoc/>
    public void Note(RuntimeNote note) => inbox.Post(() => onNote(note));

    private void Notify(RuntimeAudience audience, McpFrame notification)
    {
        if (ChangeNotice.Of(notification) is { } notice)
        {
            Announce(audience, notice, notification);
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
                onNotify(this, audience, notification);
            });
        }
    }

    /// <summary>
    /// A change is never left unsaid: one that waits already stands for it, and where too many wait to be told apart,
    /// everybody hears that any resource may have changed.
    /// </summary>
    private void Announce(RuntimeAudience audience, ChangeNotice notice, McpFrame frame)
    {
        lock (_gate)
        {
            if (_notices.Count >= notificationsMax)
            {
                audience = RuntimeAudience.Everybody;
                (notice, frame) = notice.Uri is null
                    ? (notice, frame)
                    : (notice with { Uri = null }, ChangeNotice.AnyResource);
            }

            if (!_notices.Add((audience, notice)))
            {
                return;
            }
        }

        inbox.Post(() =>
        {
            lock (_gate)
            {
                _notices.Remove((audience, notice));
            }

            onNotify(this, audience, frame);
        });
    }
}
