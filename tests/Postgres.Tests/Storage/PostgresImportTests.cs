using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresImportTests(PostgresServer server) : StorageImportContract, IDisposable
{
    private readonly TestDatabase _database = new(server);

    protected override IGrainStorage States => _database.States;

    protected override IGrainStorage Nodes => _database.Nodes;

    protected override ILogStorage Logs => _database.Logs;

    protected override IStorageInventory Inventory => _database.Inventory;

    protected override IStorageImport Import => new PostgresImport(_database.Store);

    public void Dispose() => _database.Dispose();
}
