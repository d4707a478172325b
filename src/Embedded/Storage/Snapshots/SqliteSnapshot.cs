using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage.Snapshots;

/// <summary>
/// Copies of what a data folder holds, each as of one moment. A process that serves from the folder goes on: a copy
/// reads over a connection of its own, and takes no lock that a writer waits for.
/// </summary>
public static class SqliteSnapshot
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The database's file, in a data folder.</summary>
    public const string FileName = DataFolder.DatabaseName;

    /// <summary>The schema that this program writes, and the latest that it takes.</summary>
    public static int SchemaVersion => SqliteSchema.Version;

    /// <summary>The schema of a copy.</summary>
    /// <exception cref="StorageStartException">The file is no copy of a store.</exception>
    public static int SchemaOf(string file) => Guarded(file, () =>
    {
        using var database = OpenFile(file);
        return (int)database.QueryInt64("PRAGMA user_version");
    });

    /// <summary>What SQLite finds wrong with a copy, however large; null for nothing.</summary>
    /// <exception cref="StorageStartException">The file is no copy of a store.</exception>
    public static string? ProblemOf(string file) => Guarded(file, () =>
    {
        using var database = OpenFile(file);
        return database.QueryText("PRAGMA integrity_check(1)") is var problem && problem == "ok" ? null : problem;
    });

    /// <summary>Copies everything into a new file.</summary>
    /// <exception cref="StorageStartException">The folder holds no store that can be read.</exception>
    public static void CopyAll(string dataFolder, string file) => Guarded(dataFolder, () =>
    {
        using var source = OpenSource(dataFolder);
        MakeFile(file);
        source.Prepare("VACUUM INTO ?1").Bind(1, file).Run();
        return 0;
    });

    /// <summary>Copies some states, with their reminders, and some logs into a new file.</summary>
    /// <exception cref="StorageStartException">The folder holds no store that can be read.</exception>
    public static void CopyPart(string dataFolder, string file, SnapshotPart part) => Guarded(dataFolder, () =>
    {
        using var source = OpenSource(dataFolder);
        MakeFile(file);
        using var target = SqliteDatabase.Open(file, BusyTimeout);
        SqliteSchema.Migrate(target);
        source.Execute("BEGIN");
        target.Execute("BEGIN IMMEDIATE");
        new RowCopy(source, target).Copy(part);
        target.Execute("COMMIT");
        source.Execute("COMMIT");
        return 0;
    });

    /// <summary>A state's payload as it is stored, or null.</summary>
    /// <exception cref="StorageStartException">The folder holds no store that can be read.</exception>
    public static ReadOnlyMemory<byte>? ReadState(string dataFolder, StateAddress address) => Guarded(dataFolder, () =>
    {
        using var source = OpenSource(dataFolder);
        var state = source
            .Prepare("SELECT payload FROM state WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3")
            .Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name);
        return state.Step() ? state.Bytes(0) : (ReadOnlyMemory<byte>?)null;
    });

    /// <summary>The newest record of a log as it is stored, or null.</summary>
    /// <exception cref="StorageStartException">The folder holds no store that can be read.</exception>
    public static ReadOnlyMemory<byte>? ReadNewest(string dataFolder, string log) => Guarded(dataFolder, () =>
    {
        using var source = OpenSource(dataFolder);
        var record = source
            .Prepare("""
                SELECT payload FROM log_record WHERE log = (SELECT id FROM log WHERE name = ?1)
                ORDER BY sequence DESC LIMIT 1
                """)
            .Bind(1, log);
        return record.Step() ? record.Bytes(0) : (ReadOnlyMemory<byte>?)null;
    });

    /// <summary>The payloads of all states of a grain type, as they are stored.</summary>
    /// <exception cref="StorageStartException">The file is no copy of a store.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> ReadStates(string file, string grainType) => Guarded(file, () =>
    {
        using var database = OpenFile(file);
        var states = database.Prepare("SELECT payload FROM state WHERE grain_type = ?1").Bind(1, grainType);
        var payloads = new List<ReadOnlyMemory<byte>>();
        while (states.Step())
        {
            payloads.Add(states.Bytes(0));
        }

        return payloads;
    });

    /// <summary>Puts a copy of everything into a folder that holds no store, whole or not at all.</summary>
    public static void Install(string file, string dataFolder)
    {
        File.SetUnixFileMode(file, Private);
        File.Move(file, Path.Combine(dataFolder, DataFolder.DatabaseName));
        FolderSync.Flush(dataFolder);
    }

    /// <summary>Makes a file's name durable, after the file itself.</summary>
    public static void Settle(string file) => FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(file))!);

    /// <summary>
    /// Puts a part in the place of what the store of a stopped process holds of it, and one state beside, in one
    /// transaction.
    /// </summary>
    /// <exception cref="StorageStartException">The folder cannot be used, or a process serves from it.</exception>
    public static void Merge(
        string file, string dataFolder, SnapshotPart part, StateAddress address, ReadOnlyMemory<byte> payload) =>
        Guarded(dataFolder, () =>
    {
        using var folder = DataFolder.Open(dataFolder, NullLogger.Instance);
        using var source = OpenFile(file);
        SqliteSchema.Migrate(source);
        var options = new SqliteStorageOptions { DataFolder = dataFolder };
        using var target =
            new SqliteOpening(folder.DatabasePath, options, NullLogger.Instance, syncs: true).OpenWriter();
        target.Execute("BEGIN IMMEDIATE");
        RowCopy.Remove(target, part);
        var copy = new RowCopy(source, target);
        copy.Copy(part);
        copy.Put(address, payload.Span);
        target.Execute("COMMIT");
        target.Checkpoint(truncate: true);
        return 0;
    });

    /// <summary>A file for its owner only; SQLite fills an empty one.</summary>
    private static void MakeFile(string file) => new FileStream(file, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        UnixCreateMode = Private,
    }).Dispose();

    internal static SqliteDatabase OpenSource(string dataFolder)
    {
        var file = Path.Combine(dataFolder, DataFolder.DatabaseName);
        return File.Exists(file)
            ? OpenFile(file)
            : throw new StorageStartException(
                StorageStartFailure.FolderUnusable,
                Directory.Exists(dataFolder)
                    ? $"The folder {dataFolder} holds no store. Name its folder with --data."
                    : $"There is no folder {dataFolder}. Name the store's folder with --data.");
    }

    private static SqliteDatabase OpenFile(string file)
    {
        SqliteLibrary.Load();
        var database = SqliteDatabase.Open(file, BusyTimeout);
        try
        {
            // A tenant's backup may come from elsewhere: nothing that its schema brings is run.
            database.Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
            SqliteSchema.RequireFilled(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    internal static TResult Guarded<TResult>(string place, Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (SqliteFailureException failure)
        {
            throw new StorageStartException(
                failure.MeansCorrupt ? StorageStartFailure.Corrupt : StorageStartFailure.Failing,
                $"The store at {place} cannot be copied: {failure.Reason} ({failure.Message}).",
                failure);
        }
    }
}
