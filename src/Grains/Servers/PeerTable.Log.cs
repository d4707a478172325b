using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class PeerTable
{
    [LoggerMessage(EventIds.NotificationDropped, LogLevel.Warning,
        "A session of instance {Instance} is too slow: notifications are dropped, {Method} first.")]
    private partial void LogNotificationDropped(string instance, string? method);
}
