using System.Text;

namespace Smcp.Hosting.State;

public sealed class FileStateStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task State_IsRead_AsItWasWritten()
    {
        using (var writer = new FileStateStore(_folder))
        {
            Assert.Equal(1, await writer.WriteAsync("a/b", "{\"x\":1}"u8.ToArray(), 0, CancellationToken.None));
            Assert.Equal(2, await writer.WriteAsync("a/b", "{\"x\":2}"u8.ToArray(), 1, CancellationToken.None));
        }

        using var reader = new FileStateStore(_folder);
        var stored = await reader.ReadAsync("a/b", CancellationToken.None);
        Assert.Equal((2L, "{\"x\":2}"), (stored!.Version, Encoding.UTF8.GetString(stored.Payload.Span)));
    }

    [Fact]
    public async Task Write_IsRefused_WhenVersionIsAnother()
    {
        using var store = new FileStateStore(_folder);
        await store.WriteAsync("a", "{}"u8.ToArray(), 0, CancellationToken.None);

        await Assert.ThrowsAsync<ServerStateConflictException>(
            () => store.WriteAsync("a", "{}"u8.ToArray(), 0, CancellationToken.None).AsTask());
    }

    [Fact]
    public void Folder_IsRefused_WhenAnotherProcessHoldsIt()
    {
        using var first = new FileStateStore(_folder);

        var failure = Assert.Throws<IOException>(() => new FileStateStore(_folder));
        Assert.Contains(_folder, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SaysThatAFileIsDamaged()
    {
        using var store = new FileStateStore(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.state"), "no version");

        await Assert.ThrowsAsync<IOException>(() => store.ReadAsync("a", CancellationToken.None).AsTask());
    }
}
