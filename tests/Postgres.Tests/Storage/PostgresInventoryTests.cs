using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresInventoryTests(PostgresServer server) : StorageInventoryContract, IDisposable
{
    private readonly TestDatabase _database = new(server);

    protected override IGrainStorage States => _database.States;

    protected override ILogStorage Logs => _database.Logs;

    protected override IStorageInventory Inventory => _database.Inventory;

    public void Dispose() => _database.Dispose();
}
