using System.Text;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>Each way in which a store does not open, and the sentence that says so.</summary>
public sealed class SqliteStoreRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-refusal-").FullName;

    private string DatabasePath => Path.Combine(_folder, "smcp.db");

    [Fact]
    public async Task Start_IsRefused_WhenAnotherStoreHasTheFolder()
    {
        await using var first = new TemporaryStore(_folder);

        AssertRefused(StorageStartFailure.Locked, $"Another Smcp process uses the data folder {_folder}.");
    }

    [Fact]
    public async Task Start_Succeeds_WhenTheOtherStoreIsClosed()
    {
        await new TemporaryStore(_folder).DisposeAsync();

        await new TemporaryStore(_folder).DisposeAsync();
    }

    [Fact]
    public void Start_IsRefused_WhenAnotherProgramLocksTheFile()
    {
        new TemporaryStore(_folder).Dispose();
        using var other = SqliteDatabase.Open(DatabasePath, TimeSpan.Zero);
        other.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE;");

        AssertRefused(StorageStartFailure.Locked, "Another program holds a lock on it.");
    }

    [Fact]
    public void Start_IsRefused_WhenTheFileIsNoDatabase()
    {
        File.WriteAllText(DatabasePath, new string('x', 10_000));

        AssertRefused(StorageStartFailure.Corrupt, "The file is no database, or its beginning is damaged.");
    }

    [Fact]
    public async Task Start_IsRefused_WhenAPageIsDamaged()
    {
        await FillAsync();
        Damage(DatabasePath, page => page is > 3 and < 20);

        AssertRefused(StorageStartFailure.Corrupt, "Restore a backup.");
    }

    [Fact]
    public async Task Start_IsRefused_WhenTheFileIsCutShort()
    {
        await FillAsync();
        using (var file = File.OpenWrite(DatabasePath))
        {
            file.SetLength(file.Length / 2 / 4096 * 4096);
        }

        AssertRefused(StorageStartFailure.Corrupt, "Restore a backup.");
    }

    [Fact]
    public void Start_IsRefused_WhenTheFolderIsAFile()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "");

        AssertRefused(
            StorageStartFailure.FolderUnusable,
            $"The data folder {_folder}/file cannot be used: ",
            Path.Combine(_folder, "file"));
    }

    [UnprivilegedFact]
    public void Start_IsRefused_WhenTheFolderMayNotBeRead()
    {
        var closed = Directory.CreateDirectory(Path.Combine(_folder, "closed"), UnixFileMode.None).FullName;

        AssertRefused(StorageStartFailure.FolderUnusable, "cannot be read and written by this user", closed);
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [UnprivilegedFact]
    public void Start_IsRefused_WhenTheFileMayNotBeWritten()
    {
        new TemporaryStore(_folder).Dispose();
        File.SetUnixFileMode(DatabasePath, UnixFileMode.UserRead);

        AssertRefused(StorageStartFailure.ReadOnly, "Make it writable");
    }

    [MountFact]
    public void Start_IsRefused_WhenTheFileSystemIsReadOnly()
    {
        using var mount = new TemporaryMount("size=4m");
        new TemporaryStore(mount.Folder).Dispose();
        mount.MakeReadOnly();

        AssertRefused(StorageStartFailure.ReadOnly, "is on a read-only file system", mount.Folder);
    }

    [MountFact]
    public void Start_IsRefused_WhenTheDiskIsFull()
    {
        using var mount = new TemporaryMount("size=64k");
        File.WriteAllBytes(Path.Combine(mount.Folder, "ballast"), new byte[60 * 1024]);

        AssertRefused(StorageStartFailure.DiskFull, "The disk is full. Make room, then start again.", mount.Folder);
    }

    [Fact]
    public void Start_IsRefused_WhenTheLibraryIsMissing()
    {
        var refusal = Assert.Throws<StorageStartException>(() => SqliteLibrary.Open(["libsqlite3-absent.so.9"]));

        Assert.Equal(StorageStartFailure.LibraryMissing, refusal.Reason);
        Assert.Contains("Install it with: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_IsRefused_WhenTheLibraryIsTooOld()
    {
        var refusal = Assert.Throws<StorageStartException>(() => SqliteLibrary.RequireVersion(3_034_001));

        Assert.Equal(StorageStartFailure.LibraryTooOld, refusal.Reason);
        Assert.StartsWith(
            "SQLite's library is version 3.34.1; 3.37.0 or later", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertRefused(StorageStartFailure reason, string sentence, string? folder = null)
    {
        var refusal = Assert.Throws<StorageStartException>(
            () => new TemporaryStore(folder ?? _folder, options => options.BusyTimeout = TimeSpan.Zero));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(reason, refusal.Reason);
    }

    private async Task FillAsync()
    {
        await using var store = new TemporaryStore(_folder);
        for (var i = 1; i <= 200; i++)
        {
            var payload = Encoding.UTF8.GetBytes(new string('p', 1000));
            await store.Logs.AppendAsync("log", i, [payload], CancellationToken.None);
        }
    }

    private static void Damage(string path, Func<int, bool> isDamaged)
    {
        var content = File.ReadAllBytes(path);
        for (var page = 1; page <= content.Length / 4096; page++)
        {
            if (isDamaged(page))
            {
                content.AsSpan((page - 1) * 4096, 4096).Fill(0xA5);
            }
        }

        File.WriteAllBytes(path, content);
    }
}
