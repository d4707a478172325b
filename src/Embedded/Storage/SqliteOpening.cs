using Microsoft.Extensions.Logging;
using Smcp.Storage.Sqlite;
using SQLitePCL;

namespace Smcp.Storage;

/// <summary>Opens the database's connections: sets them up, checks the file and migrates it.</summary>
internal sealed partial class SqliteOpening(string path, SqliteStorageOptions options, ILogger logger, bool syncs)
{
    /// <exception cref="StorageStartException">The file cannot be used.</exception>
    public SqliteDatabase OpenWriter()
    {
        var version = SqliteLibrary.Load();
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(path, options.BusyTimeout);
            SetUpWriter(database);
            var found = SqliteSchema.Migrate(database);
            LogOpened(path, SqliteSchema.Version, version);
            if (found != 0 && found != SqliteSchema.Version)
            {
                LogMigrated(found, SqliteSchema.Version);
            }

            return database;
        }
        catch (SqliteFailureException failure)
        {
            database?.Dispose();
            throw Refusal(failure);
        }
        catch (StorageStartException refusal)
        {
            database?.Dispose();
            throw new StorageStartException(refusal.Reason, $"{path} is not opened. {refusal.Message}", refusal);
        }
    }

    public SqliteDatabase OpenReader()
    {
        var database = SqliteDatabase.Open(path, options.BusyTimeout);
        database.Execute($"""
            PRAGMA query_only = ON;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA cache_size = -{Math.Max(options.CacheBytes / 4096, 64)};
            """);
        return database;
    }

    private void SetUpWriter(SqliteDatabase database)
    {
        if (database.IsReadOnly)
        {
            throw new StorageStartException(
                StorageStartFailure.ReadOnly, "The file is read-only. Make it writable for this user.");
        }

        // Before the first table: the file can then shrink without being written anew.
        database.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        Check(database);
        if (database.QueryText("PRAGMA journal_mode = WAL") != "wal")
        {
            throw new StorageStartException(
                StorageStartFailure.Failing,
                "Its file system has no shared memory, which the write-ahead log needs (a network drive?). "
                    + "Choose a folder on a local disk.");
        }

        // secure_delete: what is removed or written over is zeroed, so that a destroyed key leaves no copy in the file.
        // fullfsync: on macOS a plain fsync does not reach the disk. It does nothing elsewhere.
        database.Execute($"""
            PRAGMA synchronous = {(syncs ? "FULL" : "OFF")};
            PRAGMA secure_delete = ON;
            PRAGMA fullfsync = ON;
            PRAGMA checkpoint_fullfsync = ON;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA journal_size_limit = {options.WalBytesMax};
            PRAGMA cache_size = -{options.CacheBytes / 1024};
            PRAGMA cell_size_check = ON;
            PRAGMA trusted_schema = OFF;
            """);
    }

    private void Check(SqliteDatabase database)
    {
        var bytes = new FileInfo(path).Length;
        if (bytes > options.CheckBytesMax)
        {
            LogUnchecked(bytes, options.CheckBytesMax);
            return;
        }

        var problem = database.QueryText("PRAGMA quick_check(1)");
        if (problem != "ok")
        {
            throw new StorageStartException(
                StorageStartFailure.Corrupt, $"The file is damaged ({problem}). Restore a backup.");
        }
    }

    private StorageStartException Refusal(SqliteFailureException failure) => failure.Code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
            StorageStartFailure.Locked,
            $"{path} is not opened. Another program holds a lock on it. Close that program, then start again.",
            failure),
        raw.SQLITE_CORRUPT => new(
            StorageStartFailure.Corrupt,
            $"{path} is not opened. The file is damaged ({failure.Message}). Restore a backup.",
            failure),
        raw.SQLITE_NOTADB => new(
            StorageStartFailure.Corrupt,
            $"{path} is not opened. The file is no database, or its beginning is damaged. Restore a backup.",
            failure),
        raw.SQLITE_FULL => new(
            StorageStartFailure.DiskFull,
            $"{path} is not opened. The disk is full. Make room, then start again.",
            failure),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new(
            StorageStartFailure.ReadOnly,
            $"{path} is not opened. It cannot be written. Make the file and its folder writable for this user.",
            failure),
        _ => new(
            StorageStartFailure.Failing,
            $"{path} is not opened: {failure.Reason} ({failure.Message}).",
            failure),
    };
}
