using SQLitePCL;

namespace Smcp.Storage.Sqlite;

/// <summary>SQLite answered with an error.</summary>
internal sealed class SqliteFailureException(int extendedCode, string message) : Exception(message)
{
    /// <summary>The primary result code: the low byte of the extended one.</summary>
    public int Code => ExtendedCode & 0xff;

    public int ExtendedCode { get; } = extendedCode;

    /// <summary>Whether the write at hand is to blame, and not the store: others may go on without it.</summary>
    public bool BlamesWrite => Code is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH;

    public bool MeansCorrupt => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>What it means to a caller at run time.</summary>
    public string Reason => Code switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds a lock on the database",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => "the database is read-only",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the database is damaged",
        raw.SQLITE_NOMEM => "memory is exhausted",
        raw.SQLITE_CANTOPEN => "the database cannot be opened",
        raw.SQLITE_IOERR => "the disk fails",
        _ => $"SQLite answers {ExtendedCode}",
    };
}
