using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>Who hears what a server says of no call: the client whose conversation it is, or everybody.</summary>
internal sealed class UpstreamAudience(IRuntimeEvents events, UpstreamClient? client)
{
    private readonly string? _session = client?.Session;
    private readonly PrincipalId? _principal = client?.Caller.Principal;

    public bool IsEverybody => client is null;

    public void Tell(McpFrame notification)
    {
        var told = McpMethods.IsChangeNotice(notification.Method) && !notification.Body.IsEmpty
            ? notification with { Body = UpstreamJson.With(notification.Body, JsonEdit.Without("_meta")) }
            : notification;
        if (_principal is { } principal && _session is null)
        {
            events.NotifyListeners(principal, told);
        }
        else
        {
            events.Notify(_session, told);
        }
    }
}
