using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes.Virtual;

/// <summary>
/// What a member says between calls, for those whom it shows something to; its end is not the end of the others.
/// </summary>
internal sealed class MemberEvents(MemberView view, IRuntimeEvents events) : IRuntimeEvents
{
    /// <inheritdoc/>
    public void Notify(string? session, McpFrame notification)
    {
        if (IsShown(notification))
        {
            events.Notify(session, notification);
        }
    }

    /// <inheritdoc/>
    public void NotifyListeners(PrincipalId principal, McpFrame notification)
    {
        if (IsShown(notification))
        {
            events.NotifyListeners(principal, notification);
        }
    }

    /// <inheritdoc/>
    public void Ended(string reason)
    {
    }

    private bool IsShown(McpFrame notification) =>
        Servers.ChangeNotice.Of(notification) is not { Uri: { } uri } || view.ShowsResource(uri);
}
