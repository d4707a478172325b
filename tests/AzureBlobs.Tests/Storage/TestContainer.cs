using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.TestSupport;

namespace Smcp.Storage;

/// <summary>A store over a container of its own.</summary>
internal sealed class TestContainer(AzuriteServer server, Action<BlobOptions>? configure = null) : IDisposable
{
    private readonly List<BlobStore> _stores = [];
    private readonly string _name = server.NewContainer();
    private BlobLogStorage? _logs;
    private BlobInventory? _inventory;

    public BlobStore Store => _stores.Count > 0 ? _stores[0] : NewStore();

    public BlobLogStorage Logs => _logs ??= new BlobLogStorage(Store);

    public IStorageInventory Inventory => _inventory ??= new BlobInventory(Store, Logs);

    public IGrainStorage NewStates() => new BlobGrainStorage(Store, BlobNames.States);

    public IGrainStorage NewNodes() => new BlobGrainStorage(Store, BlobNames.Nodes);

    /// <summary>Another node's store over the same container.</summary>
    public BlobStore NewStore()
    {
        var options = new BlobOptions
        {
            ConnectionString = server.ConnectionString,
            Container = _name,

            // The stand-in has one thread, and a busy machine little for it.
            RequestTimeout = TimeSpan.FromMinutes(1),
        };
        configure?.Invoke(options);
        _stores.Add(new BlobStore(Options.Create(options), TimeProvider.System, NullLogger<BlobStore>.Instance));
        return _stores[^1];
    }

    public void Dispose()
    {
        _inventory?.Dispose();
        _stores.ForEach(store => store.Dispose());
    }
}
