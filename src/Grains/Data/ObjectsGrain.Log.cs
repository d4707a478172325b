using Microsoft.Extensions.Logging;

namespace Smcp.Data;

internal partial class ObjectsGrain
{
    [LoggerMessage(
        EventIds.ObjectWriteFailed, LogLevel.Error,
        "The index of a part of a server's objects could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.ObjectUsageNotReported, LogLevel.Warning,
        "What a part of a server's objects holds could not be counted: it is when the part is used again")]
    private static partial void LogNotReported(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.ObjectNotRemoved, LogLevel.Warning,
        "Content that is no object's could not be removed: the next sweep tries again")]
    private static partial void LogNotRemoved(ILogger logger, Exception exception);
}
