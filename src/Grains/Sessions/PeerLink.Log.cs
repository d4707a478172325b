using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

internal sealed partial class PeerLink
{
    [LoggerMessage(
        EventIds.SessionPeerReopening, LogLevel.Information,
        "The runtime does not know the session: showing it again")]
    private static partial void LogReopening(ILogger logger);

    [LoggerMessage(
        EventIds.SessionAttachFailed, LogLevel.Warning,
        "The instance could not be asked for the calls in flight")]
    private static partial void LogAttachFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.SessionAnswerFailed, LogLevel.Warning,
        "A client's answer did not reach the instance: it is tried again")]
    private static partial void LogAnswerFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.SessionSendFailed, LogLevel.Warning, "A message for the instance was lost")]
    private static partial void LogSendFailed(ILogger logger, Exception exception);
}
