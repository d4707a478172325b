using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

internal sealed partial class Bells
{
    [LoggerMessage(EventIds.SessionBellLost, LogLevel.Debug, "A bell could not be rung")]
    private static partial void LogBellLost(ILogger logger, Exception exception);
}
