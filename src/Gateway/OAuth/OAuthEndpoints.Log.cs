using Microsoft.Extensions.Logging;

namespace Smcp.OAuth;

internal sealed partial class OAuthEndpoints
{
    [LoggerMessage(
        EventIds.OAuthEngineFailed, LogLevel.Warning, "The engine failed a request to the authorization server ({Id})")]
    private static partial void LogEngineFailed(ILogger logger, string id, Exception exception);

    [LoggerMessage(
        EventIds.OAuthFailed, LogLevel.Error, "A request to the authorization server failed ({Id})")]
    private static partial void LogFailed(ILogger logger, string id, Exception exception);

    [LoggerMessage(
        EventIds.OAuthNotStored, LogLevel.Warning,
        "The store failed a request to the authorization server ({Id}): {Cause}")]
    private static partial void LogNotStored(ILogger logger, string id, string cause);
}
