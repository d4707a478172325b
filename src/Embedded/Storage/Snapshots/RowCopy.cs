using Smcp.Storage.Sqlite;

namespace Smcp.Storage.Snapshots;

/// <summary>Copies rows as they are stored from one database to another. The caller holds the transactions.</summary>
internal sealed class RowCopy(SqliteDatabase source, SqliteDatabase target)
{
    public void Copy(SnapshotPart part)
    {
        CopyStates(part.IsState);
        CopyReminders(part.IsState);
        CopyLogs(part.IsLog);
    }

    /// <summary>Writes a state as its first version, over whatever stood there.</summary>
    public void Put(StateAddress address, ReadOnlySpan<byte> payload) =>
        target.Prepare("""
            INSERT OR REPLACE INTO state (grain_type, grain_key, name, version, checksum, payload)
            VALUES (?1, ?2, ?3, 1, ?4, ?5)
            """)
            .Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name)
            .Bind(4, Checksum.Of(1, payload)).Bind(5, payload)
            .Run();

    /// <summary>Removes what <see cref="Copy"/> would copy.</summary>
    public static void Remove(SqliteDatabase database, SnapshotPart part)
    {
        foreach (var table in (string[])["state", "reminder"])
        {
            var addresses = new List<StateAddress>();
            var rows = database.Prepare($"SELECT grain_type, grain_key, name FROM {table}");
            while (rows.Step())
            {
                addresses.Add(new StateAddress(rows.Text(0), rows.Text(1), rows.Text(2)));
            }

            rows.Reset();
            var remove = database.Prepare(
                $"DELETE FROM {table} WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3");
            foreach (var address in addresses.Where(part.IsState.Invoke))
            {
                remove.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name).Run();
            }
        }

        var removeRecords = database.Prepare("DELETE FROM log_record WHERE log = ?1");
        var removeLog = database.Prepare("DELETE FROM log WHERE id = ?1");
        foreach (var log in Logs(database).Where(log => part.IsLog(log.Name)))
        {
            removeRecords.Bind(1, log.Id).Run();
            removeLog.Bind(1, log.Id).Run();
        }
    }

    private static List<(long Id, string Name, long First, long Last)> Logs(SqliteDatabase database)
    {
        var logs = new List<(long, string, long, long)>();
        var rows = database.Prepare("SELECT id, name, first, last FROM log");
        while (rows.Step())
        {
            logs.Add((rows.Int64(0), rows.Text(1), rows.Int64(2), rows.Int64(3)));
        }

        rows.Reset();
        return logs;
    }

    private void CopyStates(Predicate<StateAddress> isState)
    {
        var rows = source.Prepare("SELECT grain_type, grain_key, name, version, checksum, payload FROM state");
        var insert = target.Prepare("""
            INSERT INTO state (grain_type, grain_key, name, version, checksum, payload)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """);
        while (rows.Step())
        {
            if (isState(new StateAddress(rows.Text(0), rows.Text(1), rows.Text(2))))
            {
                insert.Bind(1, rows.Text(0)).Bind(2, rows.Text(1)).Bind(3, rows.Text(2))
                    .Bind(4, rows.Int64(3)).Bind(5, rows.Int64(4)).Bind(6, rows.Bytes(5))
                    .Run();
            }
        }

        rows.Reset();
    }

    private void CopyReminders(Predicate<StateAddress> isState)
    {
        var rows = source.Prepare("SELECT grain_type, grain_key, name, due_at, period FROM reminder");
        var insert = target.Prepare("""
            INSERT INTO reminder (grain_type, grain_key, name, due_at, period) VALUES (?1, ?2, ?3, ?4, ?5)
            """);
        while (rows.Step())
        {
            if (isState(new StateAddress(rows.Text(0), rows.Text(1), rows.Text(2))))
            {
                insert.Bind(1, rows.Text(0)).Bind(2, rows.Text(1)).Bind(3, rows.Text(2))
                    .Bind(4, rows.Int64(3)).Bind(5, rows.Int64(4))
                    .Run();
            }
        }

        rows.Reset();
    }

    private void CopyLogs(Predicate<string> isLog)
    {
        var rows = source.Prepare(
            "SELECT sequence, checksum, payload FROM log_record WHERE log = ?1 ORDER BY sequence");
        var insertLog = target.Prepare("INSERT INTO log (name, first, last) VALUES (?1, ?2, ?3)");
        var insert = target.Prepare(
            "INSERT INTO log_record (log, sequence, checksum, payload) VALUES (?1, ?2, ?3, ?4)");
        foreach (var log in Logs(source).Where(log => isLog(log.Name)))
        {
            insertLog.Bind(1, log.Name).Bind(2, log.First).Bind(3, log.Last).Run();
            var id = target.LastInsertedRowId;
            rows.Bind(1, log.Id);
            while (rows.Step())
            {
                insert.Bind(1, id).Bind(2, rows.Int64(0)).Bind(3, rows.Int64(1)).Bind(4, rows.Bytes(2)).Run();
            }

            rows.Reset();
        }
    }
}
