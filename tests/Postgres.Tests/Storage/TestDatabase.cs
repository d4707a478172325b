using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.TestSupport;

namespace Smcp.Storage;

/// <summary>A store over a database of its own.</summary>
internal sealed class TestDatabase(PostgresServer server, Action<PostgresOptions>? configure = null) : IDisposable
{
    private readonly List<PostgresStore> _stores = [];

    public string ConnectionString { get; } = server.NewDatabase();

    public PostgresStore Store => _stores.Count > 0 ? _stores[0] : NewStore();

    public IGrainStorage States => new PostgresGrainStorage(Store, PostgresGrainStorage.Grains);

    public IGrainStorage Nodes => new PostgresGrainStorage(Store, PostgresGrainStorage.Nodes);

    public ILogStorage Logs => new PostgresLogStorage(Store);

    public IStorageInventory Inventory => new PostgresInventory(Store);

    /// <summary>Another node's store over the same database.</summary>
    public PostgresStore NewStore()
    {
        var options = new PostgresOptions { ConnectionString = ConnectionString };
        configure?.Invoke(options);
        _stores.Add(new PostgresStore(Options.Create(options), NullLogger<PostgresStore>.Instance));
        return _stores[^1];
    }

    /// <summary>Runs a statement beside the store.</summary>
    public void Run(string statement) => server.Run(ConnectionString.Split("Database=")[1], statement);

    public void Dispose() => _stores.ForEach(store => store.DisposeAsync().AsTask().GetAwaiter().GetResult());
}
