using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Keys;

internal sealed partial class KeyWatch
{
    [LoggerMessage(
        EventIds.KeyWatchFailed, LogLevel.Warning,
        "It could not be read whether keys changed on another node: each is read again before it is used")]
    private partial void LogLookFailed(Exception exception);
}
