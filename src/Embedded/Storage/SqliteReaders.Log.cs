using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class SqliteReaders
{
    [LoggerMessage(EventIds.StorageReadFailed, LogLevel.Error, "A read failed: {Reason}.")]
    private partial void LogReadFailed(string reason, Exception exception);

    [LoggerMessage(
        EventIds.StorageRecordDamaged,
        LogLevel.Critical,
        "The database is damaged and the damage was not served: {Damage} Restore a backup.")]
    private partial void LogRecordDamaged(string damage);
}
