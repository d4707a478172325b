using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

internal sealed partial class EventRetention
{
    [LoggerMessage(
        EventIds.SessionEventsTrimmed, LogLevel.Warning,
        "A session's log was full: its {Count} oldest events were let go")]
    private static partial void LogEventsTrimmed(ILogger logger, int count);
}
