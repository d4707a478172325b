using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>The statements of the writing connection.</summary>
internal sealed class WriterStatements(SqliteDatabase database)
{
    public SqliteStatement Begin { get; } = database.Prepare("BEGIN IMMEDIATE");

    public SqliteStatement Commit { get; } = database.Prepare("COMMIT");

    public SqliteStatement Rollback { get; } = database.Prepare("ROLLBACK");

    public SqliteStatement InsertState { get; } = database.Prepare("""
        INSERT INTO state (grain_type, grain_key, name, version, checksum, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO NOTHING
        """);

    public SqliteStatement UpdateState { get; } = database.Prepare("""
        UPDATE state SET version = ?4, checksum = ?5, payload = ?6
        WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3 AND version = ?4 - 1
        """);

    public SqliteStatement DeleteState { get; } = database.Prepare("""
        DELETE FROM state WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3 AND version = ?4
        """);

    public SqliteStatement FindState { get; } = database.Prepare("""
        SELECT 1 FROM state WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3
        """);

    public SqliteStatement InsertLog { get; } = database.Prepare("""
        INSERT INTO log (name, first, last) VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING RETURNING id
        """);

    public SqliteStatement AdvanceLog { get; } = database.Prepare("""
        UPDATE log SET last = ?2 WHERE name = ?1 AND last = ?3 RETURNING id
        """);

    public SqliteStatement InsertRecord { get; } = database.Prepare("""
        INSERT INTO log_record (log, sequence, checksum, payload) VALUES (?1, ?2, ?3, ?4)
        """);

    public SqliteStatement ReplaceRecord { get; } = database.Prepare("""
        UPDATE log_record SET checksum = ?3, payload = ?4
        WHERE log = (SELECT id FROM log WHERE name = ?1) AND sequence = ?2
        """);

    public SqliteStatement FindRecord { get; } = database.Prepare("""
        SELECT payload = ?3 FROM log_record
        WHERE log = (SELECT id FROM log WHERE name = ?1) AND sequence = ?2
        """);

    public SqliteStatement DeleteRecords { get; } = database.Prepare("""
        DELETE FROM log_record WHERE log = (SELECT id FROM log WHERE name = ?1) AND sequence <= ?2
        """);

    public SqliteStatement TrimLog { get; } = database.Prepare("""
        UPDATE log SET first = MIN(?2, last) + 1 WHERE name = ?1 AND first <= ?2
        """);

    public SqliteStatement DeleteLog { get; } = database.Prepare("DELETE FROM log WHERE name = ?1");

    public SqliteStatement SetReminder { get; } = database.Prepare("""
        INSERT INTO reminder (grain_type, grain_key, name, due_at, period) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET due_at = ?4, period = ?5
        """);

    public SqliteStatement DeleteReminder { get; } = database.Prepare("""
        DELETE FROM reminder WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3
        """);

    public SqliteStatement AdvanceReminder { get; } = database.Prepare("""
        UPDATE reminder SET due_at = ?5 WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3 AND due_at = ?4
        """);
}
