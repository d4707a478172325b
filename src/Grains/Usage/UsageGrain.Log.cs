using Microsoft.Extensions.Logging;

namespace Smcp.Usage;

internal partial class UsageGrain
{
    [LoggerMessage(
        EventIds.UsageWriteFailed, LogLevel.Error,
        "A tenant's usage could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.UsageNotBilled, LogLevel.Warning,
        "A billing hook did not take closed hours: they are sent again")]
    private static partial void LogNotBilled(ILogger logger, Exception exception);
}
