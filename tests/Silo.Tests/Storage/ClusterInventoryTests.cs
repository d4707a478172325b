using Microsoft.Extensions.DependencyInjection;

namespace Smcp.Storage;

public sealed class ClusterInventoryTests : StorageInventoryContract, IAsyncLifetime
{
    private readonly TwoSilos _silos = new();

    protected override IGrainStorage States => Of<IGrainStorage>();

    protected override ILogStorage Logs => Of<ILogStorage>();

    protected override IStorageInventory Inventory => Of<IStorageInventory>();

    public Task InitializeAsync() => _silos.InitializeAsync();

    public Task DisposeAsync() => _silos.DisposeAsync();

    private T Of<T>()
        where T : notnull =>
        _silos.Silo(0).GetRequiredKeyedService<T>(RawStorage.Key);
}
