using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class SqliteOpening
{
    [LoggerMessage(
        EventIds.StorageOpened,
        LogLevel.Information,
        "Opened {Path}, schema {Schema}, with SQLite {Library}.")]
    private partial void LogOpened(string path, int schema, int library);

    [LoggerMessage(
        EventIds.StorageUnchecked,
        LogLevel.Information,
        "Of {Bytes} bytes, more than the {BytesMax} that are checked at start: checked as they are read.")]
    private partial void LogUnchecked(long bytes, long bytesMax);

    [LoggerMessage(
        EventIds.StorageMigrated, LogLevel.Information, "Migrated the database from schema {Found} to {Current}.")]
    private partial void LogMigrated(int found, int current);
}
