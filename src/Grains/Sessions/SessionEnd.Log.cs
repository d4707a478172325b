using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

internal sealed partial class SessionEnd
{
    [LoggerMessage(EventIds.SessionEnded, LogLevel.Information, "A session ended")]
    private static partial void LogEnded(ILogger logger);

    [LoggerMessage(
        EventIds.SessionCleanUpFailed, LogLevel.Warning,
        "A session that ended is not fully removed: its tenant has it done again")]
    private static partial void LogCleanUpFailed(ILogger logger, Exception exception);
}
