using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class SqliteWriter
{
    [LoggerMessage(EventIds.StorageWriteFailed, LogLevel.Error, "A {Write} failed and was left out of its batch.")]
    private partial void LogWriteFailed(string write, Exception exception);

    [LoggerMessage(
        EventIds.StorageWritesFailing,
        LogLevel.Error,
        "Writes fail: {Reason}. They are refused until one succeeds; nothing acknowledged is lost.")]
    private partial void LogWritesFailing(string reason, Exception exception);

    [LoggerMessage(EventIds.StorageWritesRecovered, LogLevel.Information, "Writes succeed again.")]
    private partial void LogWritesRecovered();
}
