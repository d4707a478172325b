using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class InstanceInbox
{
    [LoggerMessage(EventIds.InboxActionFailed, LogLevel.Error, "An event of a runtime could not be handled.")]
    private partial void LogActionFailed(Exception exception);
}
