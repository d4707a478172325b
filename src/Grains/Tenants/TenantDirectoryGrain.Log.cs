using Microsoft.Extensions.Logging;

namespace Smcp.Tenants;

internal partial class TenantDirectoryGrain
{
    [LoggerMessage(
        EventIds.TenantDirectoryWriteFailed, LogLevel.Error,
        "The directory of tenants could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);
}
