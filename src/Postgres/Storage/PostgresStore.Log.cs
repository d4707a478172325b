using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class PostgresStore
{
    [LoggerMessage(
        EventIds.PostgresOpened,
        LogLevel.Information,
        "Opened the database {Database} on {Host}, schema {Schema}, PostgreSQL {Server}.")]
    private partial void LogOpened(string host, string database, int schema, Version server);

    [LoggerMessage(
        EventIds.PostgresMigrated, LogLevel.Information, "Migrated the database from schema {Found} to {Current}.")]
    private partial void LogMigrated(int found, int current);

    [LoggerMessage(
        EventIds.PostgresFailing,
        LogLevel.Error,
        "The database fails: {Reason}. Reads and writes are refused until one succeeds; nothing acknowledged is lost.")]
    private partial void LogFailing(string reason, Exception exception);

    [LoggerMessage(EventIds.PostgresRecovered, LogLevel.Information, "The database answers again.")]
    private partial void LogRecovered();
}
