using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Storage.Sqlite;
using Smcp.Wire;

namespace Smcp.Storage.Snapshots;

/// <summary>
/// Everything in the store of a stopped process, for another store to take over. As long as it is open, no process
/// can serve from the folder.
/// </summary>
public sealed class SqliteContent : IStoreContent, IDisposable
{
    /// <summary>Reminders that lie in one row until the cluster takes them in.</summary>
    private const int RemindersInChunk = 500;

    private readonly DataFolder _folder;
    private readonly SqliteDatabase _database;

    private readonly SqliteStatement _records;

    private SqliteContent(DataFolder folder, SqliteDatabase database)
    {
        (_folder, _database) = (folder, database);
        _records = database.Prepare("""
            SELECT sequence, checksum, payload FROM log_record
            WHERE log = (SELECT id FROM log WHERE name = ?1) ORDER BY sequence
            """);
    }

    /// <summary>The same for the same rows.</summary>
    public string Id
    {
        get
        {
            var sum = _database.Prepare("""
                SELECT (SELECT count(*) || '-' || coalesce(sum(version), 0) || '-' || coalesce(sum(checksum), 0)
                        FROM state)
                    || '-' || (SELECT count(*) || '-' || coalesce(sum(checksum), 0) FROM log_record)
                """);
            sum.Step();
            var text = sum.Text(0);
            sum.Reset();
            return text;
        }
    }

    /// <exception cref="StorageStartException">
    /// The folder holds no store that can be read, or a process serves from it.
    /// </exception>
    public static SqliteContent Open(string dataFolder) => SqliteSnapshot.Guarded(dataFolder, () =>
    {
        // A folder without a store is not made into one.
        SqliteSnapshot.OpenSource(dataFolder).Dispose();
        var folder = DataFolder.Open(dataFolder, NullLogger.Instance);
        try
        {
            var database = SqliteSnapshot.OpenSource(dataFolder);
            database.Execute("PRAGMA query_only = ON; BEGIN");
            return new SqliteContent(folder, database);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    });

    public IEnumerable<StoredRow> States()
    {
        var rows = _database.Prepare("SELECT grain_type, grain_key, name, version, checksum, payload FROM state");
        try
        {
            while (rows.Step())
            {
                yield return new StoredRow(
                    new StateAddress(rows.Text(0), rows.Text(1), rows.Text(2)),
                    Payload(rows.Bytes(5), rows.Int64(3), rows.Int64(4)));
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    public IEnumerable<StoredRow> NodeStates() =>
        Reminders().Chunk(RemindersInChunk).Select((chunk, at) => new StoredRow(
            ReminderImport.AddressOf(at),
            JsonSerializer.SerializeToUtf8Bytes(new ReminderImport { Reminders = chunk }, WireJson.Options)));

    public IEnumerable<StoredLog> Logs()
    {
        var rows = _database.Prepare("SELECT name, first, last FROM log ORDER BY id");
        try
        {
            while (rows.Step())
            {
                yield return new StoredLog(rows.Text(0), new LogExtent(rows.Int64(1), rows.Int64(2)));
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    public IEnumerable<LogRecord> Records(StoredLog log)
    {
        var next = log.Extent.First;
        var rows = _records.Bind(1, log.Name);
        try
        {
            for (; rows.Step(); next++)
            {
                yield return rows.Int64(0) == next
                    ? new LogRecord(next, Payload(rows.Bytes(2), next, rows.Int64(1)))
                    : throw Damage();
            }
        }
        finally
        {
            rows.Reset();
        }

        if (next != log.Extent.Last + 1)
        {
            throw Damage();
        }
    }

    /// <summary>From now on the folder is not served from: what it holds is elsewhere.</summary>
    public void MarkMoved() => File.WriteAllText(
        Path.Combine(Path.GetDirectoryName(_folder.DatabasePath)!, DataFolder.MovedName),
        "What was in this folder was moved into a cluster.\n");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private IEnumerable<ImportedReminder> Reminders()
    {
        var rows = _database.Prepare("SELECT grain_type, grain_key, name, due_at, period FROM reminder");
        try
        {
            while (rows.Step())
            {
                yield return new ImportedReminder(
                    rows.Text(0),
                    rows.Text(1),
                    rows.Text(2),
                    DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64(3)),
                    TimeSpan.FromMilliseconds(rows.Int64(4)));
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    private static byte[] Payload(byte[] payload, long number, long checksum) =>
        Checksum.Of(number, payload) == checksum ? payload : throw Damage();

    private static StorageStartException Damage() =>
        new(
            StorageStartFailure.Corrupt,
            "The store is damaged: a row is missing or not what was written. Restore a backup.");
}
