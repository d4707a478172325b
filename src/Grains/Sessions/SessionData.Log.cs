using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

internal sealed partial class SessionData
{
    [LoggerMessage(EventIds.SessionWriteFailed, LogLevel.Error, "A session could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);
}
