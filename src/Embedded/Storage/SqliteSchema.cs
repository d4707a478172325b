using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>
/// The tables (<c>docs/storage.md</c>) and how older files become current: migration n takes a file from version n -
/// 1 to n, and is never edited once released. The version stands in <c>user_version</c>, the program in
/// <c>application_id</c>.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>"SMCP": tells our files from other programs'.</summary>
    public const int ApplicationId = 0x534D4350;

    /// <summary>The first version whose payloads are encrypted. What is older was never released.</summary>
    private const int EncryptedSince = 3;

    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE state (
            grain_type TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version >= 1),
            checksum INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (grain_type, grain_key, name)
        ) STRICT;
        CREATE TABLE log (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            first INTEGER NOT NULL CHECK (first >= 1),
            last INTEGER NOT NULL CHECK (last >= first - 1)
        ) STRICT;
        CREATE TABLE log_record (
            -- Rows lie in the order of appending, so that a batch of many logs fills few pages.
            log INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (log, sequence)
        ) STRICT;
        """,
        """
        CREATE TABLE reminder (
            grain_type TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            name TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            period INTEGER NOT NULL,
            PRIMARY KEY (grain_type, grain_key, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reminder_due ON reminder (due_at);
        """,

        // From here on payloads are encrypted; the tables stay as they are.
        "",
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings a file up to date.</summary>
    /// <returns>The version it had.</returns>
    /// <exception cref="StorageStartException">It is another program's, or of a later version.</exception>
    public static int Migrate(SqliteDatabase database)
    {
        var found = (int)database.QueryInt64("PRAGMA user_version");
        RequireOurs(database, found);

        // A new file gets everything at once: a start that dies midway leaves it new, not of an old version.
        for (var version = found; version < Version;)
        {
            var next = found == 0 ? Version : version + 1;

            // The versions are in the database's header, so they change with the tables or not at all.
            database.Execute($"""
                BEGIN IMMEDIATE;
                {string.Join('\n', Migrations[version..next])}
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {next};
                COMMIT;
                """);
            version = next;
        }

        return found;
    }

    /// <summary>Requires a file that holds a store, of this version or an earlier one that is still taken.</summary>
    /// <exception cref="StorageStartException">It is empty, another program's, or of a later version.</exception>
    public static void RequireFilled(SqliteDatabase database)
    {
        var version = (int)database.QueryInt64("PRAGMA user_version");
        RequireOurs(database, version);
        if (version == 0)
        {
            throw new StorageStartException(StorageStartFailure.Foreign, "The database is empty: it holds no store.");
        }
    }

    private static void RequireOurs(SqliteDatabase database, int version)
    {
        var application = database.QueryInt64("PRAGMA application_id");
        var isNew = application == 0 && version == 0 && database.QueryInt64("SELECT COUNT(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
        {
            throw new StorageStartException(
                StorageStartFailure.Foreign,
                "The file is a database of another program. Choose another data folder.");
        }

        if (!isNew && version < EncryptedSince)
        {
            throw new StorageStartException(
                StorageStartFailure.Unencrypted,
                "A version of Smcp from before its first release wrote it, in clear. It is not taken over: choose "
                    + "another data folder, or remove the file.");
        }

        if (version > Version)
        {
            throw new StorageStartException(
                StorageStartFailure.NewerVersion,
                $"A newer version of Smcp wrote it (its schema is {version}, this version knows {Version}). "
                    + "Start that version, or restore a backup made by this one.");
        }
    }
}
