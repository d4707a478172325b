using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class BlobInventoryTests : StorageInventoryContract, IDisposable
{
    private readonly TestContainer _container;

    public BlobInventoryTests(AzuriteServer server)
    {
        _container = new TestContainer(server);
        States = _container.NewStates();
    }

    protected override IGrainStorage States { get; }

    protected override ILogStorage Logs => _container.Logs;

    protected override IStorageInventory Inventory => _container.Inventory;

    public void Dispose() => _container.Dispose();
}
