using Microsoft.Extensions.Logging;

namespace Smcp.Data;

internal partial class StorageUsageGrain
{
    [LoggerMessage(
        EventIds.StorageUsageWriteFailed, LogLevel.Error,
        "The count of what a tenant stores could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);
}
