using System.Text;

namespace Smcp.Storage;

public sealed class SqliteInventoryTests : StorageInventoryContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    protected override IGrainStorage States => _store.Grains;

    protected override ILogStorage Logs => _store.Logs;

    protected override IStorageInventory Inventory => _store.Inventory;

    [Fact]
    public async Task RemovedRow_IsInNoFile_WhenItWasErased()
    {
        var address = new StateAddress("data-key", "acme", "ring");
        for (var i = 0; i < 200; i++)
        {
            await States.WriteAsync(address with { GrainKey = $"other-{i}" }, new byte[300], 0, default);
        }

        await States.WriteAsync(address, "a marker-one that goes"u8.ToArray(), 0, default);
        await States.WriteAsync(address, "a marker-two that goes, too"u8.ToArray(), 1, default);
        await States.WriteAsync(address, "nothing"u8.ToArray(), 2, default);
        Assert.Contains("marker", Files(), StringComparison.Ordinal);

        await Inventory.EraseRemovedAsync(default);

        Assert.DoesNotContain("marker", Files(), StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private string Files() => string.Concat(
        Directory.GetFiles(_store.Folder, "smcp.db*").Select(file => Encoding.Latin1.GetString(Read(file))));

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
