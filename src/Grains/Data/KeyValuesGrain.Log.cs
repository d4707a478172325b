using Microsoft.Extensions.Logging;

namespace Smcp.Data;

internal partial class KeyValuesGrain
{
    [LoggerMessage(
        EventIds.ValueWriteFailed, LogLevel.Error,
        "A part of a server's key-value store could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.StorageUsageNotReported, LogLevel.Warning,
        "What a part of a server's store holds could not be counted: it is when the part is used again")]
    private static partial void LogNotReported(ILogger logger, Exception exception);
}
