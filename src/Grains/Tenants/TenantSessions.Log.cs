using Microsoft.Extensions.Logging;

namespace Smcp.Tenants;

internal sealed partial class TenantSessions
{
    [LoggerMessage(
        EventIds.TenantSweepFailed, LogLevel.Warning,
        "A session could not be asked whether it expired: it is asked again")]
    private static partial void LogSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.TenantCompacted, LogLevel.Information,
        "A tenant's index of {Count} sessions was rewritten")]
    private static partial void LogCompacted(ILogger logger, int count);

    [LoggerMessage(
        EventIds.TenantWriteFailed, LogLevel.Error,
        "A tenant's index of sessions could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);
}
