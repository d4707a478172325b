using System.Text;
using SQLitePCL;

namespace Smcp.Storage.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as SQLite has it.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public SqliteStatement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        database.Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and a blob without address is NULL to SQLite.
        database.Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>Moves to the next row. False at the end.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        database.Check(result);
        return false;
    }

    /// <summary>Runs a statement that returns no row, and makes it ready for the next time.</summary>
    /// <returns>The rows it changed.</returns>
    public int Run()
    {
        try
        {
            Step();
            return database.Changes;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends the read, so that it holds no snapshot, and lets go of what was bound.</summary>
    public void Reset()
    {
        // It repeats the error of the last step, which was thrown already.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int ByteCount(int column) => raw.sqlite3_column_bytes(handle, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public string Text(int column) => Utf8.GetString(raw.sqlite3_column_blob(handle, column));

    public void Dispose() => handle.Dispose();
}
