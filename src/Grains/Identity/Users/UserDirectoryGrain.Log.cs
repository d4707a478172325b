using Microsoft.Extensions.Logging;

namespace Smcp.Identity.Users;

internal partial class UserDirectoryGrain
{
    [LoggerMessage(
        EventIds.DirectoryWriteFailed, LogLevel.Error,
        "A tenant's directory of users could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);
}
