using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

internal sealed partial class CallForwarder
{
    [LoggerMessage(EventIds.SessionCallFailed, LogLevel.Warning, "A call could not be taken to its instance")]
    private static partial void LogCallFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.SessionCallLost, LogLevel.Warning,
        "A call died with its server: its client is told that the outcome is unknown")]
    private static partial void LogCallLost(ILogger logger);
}
