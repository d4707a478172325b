using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Upkeep;

internal partial class KeyGrain
{
    [LoggerMessage(
        EventIds.KeyUpkeepFailed, LogLevel.Error,
        "The rotation or destruction of keys was interrupted: it is carried on in a minute")]
    private static partial void LogUpkeepFailed(ILogger logger, Exception exception);
}
