using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class BlobImportTests(AzuriteServer server) : StorageImportContract, IDisposable
{
    private readonly TestContainer _container = new(server, options => options.SegmentBytesMax = 2);

    protected override IGrainStorage States => _container.NewStates();

    protected override IGrainStorage Nodes => _container.NewNodes();

    protected override ILogStorage Logs => _container.Logs;

    protected override IStorageInventory Inventory => _container.Inventory;

    protected override IStorageImport Import => new BlobImport(_container.NewStore());

    public void Dispose() => _container.Dispose();

    [Fact]
    public async Task Store_IsNotServedFrom_WhenAnImportBrokeOff()
    {
        await BlobSchema.PrepareAsync(_container.Store, default);
        await _container.Store.PutAsync(BlobSchema.ImportName, "another"u8.ToArray(), 1, default);

        await Assert.ThrowsAsync<StorageStartException>(async () => await _container.NewStore().OpenAsync(default));
    }
}
