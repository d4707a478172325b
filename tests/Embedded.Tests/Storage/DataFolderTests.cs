namespace Smcp.Storage;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everyone = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OwnerFolder = Owner | UnixFileMode.UserExecute;
    private const UnixFileMode EveryoneFolder =
        OwnerFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly string _parent = Directory.CreateTempSubdirectory("smcp-folder-").FullName;

    private string Folder => Path.Combine(_parent, "nested", "data");

    [Fact]
    public async Task Folder_IsMadeForItsOwnerOnly_WhenItIsMissing()
    {
        await using var store = new TemporaryStore(Folder);
        await store.Logs.AppendAsync("log", 1, [new byte[1]], CancellationToken.None);

        Assert.Equal(OwnerFolder, File.GetUnixFileMode(Folder));
        var files = Directory.GetFiles(Folder);
        Assert.Equal(
            ["smcp.db", "smcp.db-shm", "smcp.db-wal", "smcp.lock"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task FolderAndFile_AreClosedToOthers_WhenTheyWereOpen()
    {
        await new TemporaryStore(Folder).DisposeAsync();
        File.SetUnixFileMode(Folder, EveryoneFolder);
        File.SetUnixFileMode(Path.Combine(Folder, "smcp.db"), Everyone);

        await using var store = new TemporaryStore(Folder);

        Assert.Equal(OwnerFolder, File.GetUnixFileMode(Folder));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(Folder, "smcp.db")));
    }

    [Fact]
    public async Task Folder_KeepsItsMode_WhenItHoldsOtherThings()
    {
        Directory.CreateDirectory(Folder, EveryoneFolder);
        File.SetUnixFileMode(Folder, EveryoneFolder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "theirs"), "");

        await using var store = new TemporaryStore(Folder);

        Assert.Equal(EveryoneFolder, File.GetUnixFileMode(Folder));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(Folder, "smcp.db")));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
