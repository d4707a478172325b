using System.Diagnostics;

namespace Smcp.Jailer;

public sealed class SocketFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-jailer-").FullName;

    [Fact]
    public void Folder_IsTaken_WhenItIsRootsAlone()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Null(SocketFolder.Problem(_folder));
            Assert.Null(SocketFolder.Problem(Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName));
        }
    }

    [Fact]
    public void Folder_IsRefused_WhenOthersWriteInIt()
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);

        Assert.NotNull(SocketFolder.Problem(_folder));
        Assert.NotNull(SocketFolder.Problem(Path.GetTempPath().TrimEnd('/')));
    }

    [Fact]
    public async Task Folder_IsRefused_WhenAFolderAboveItIsAnothers()
    {
        var own = Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            using var change = Process.Start("chown", ["65534", _folder]);
            await change.WaitForExitAsync();
        }

        Assert.NotNull(SocketFolder.Problem(own));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
