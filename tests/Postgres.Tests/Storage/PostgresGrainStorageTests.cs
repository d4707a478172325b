using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresGrainStorageTests(PostgresServer server) : GrainStorageContract, IDisposable
{
    private readonly TestDatabase _database = new(server);

    protected override IGrainStorage Storage => _database.States;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Rows_AreApart_WhenTheyAreOfNodes()
    {
        var address = new StateAddress("a", "b", "c");
        await _database.Nodes.WriteAsync(address, new byte[] { 1 }, 0, default);

        Assert.Null(await Storage.ReadAsync(address, default));
        Assert.Empty(await _database.Inventory.ListStatesAsync(string.Empty, null, 10, default));
    }

    [Fact]
    public async Task Write_IsRefused_WhenTheAddressDoesNotFitTheIndex()
    {
        var part = new string('k', 1000);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Storage.WriteAsync(new StateAddress(part, part, part), new byte[1], 0, default));
    }

    [Fact]
    public async Task Write_FailsAsUnavailable_WhenTheTableIsGone()
    {
        var address = new StateAddress("a", "b", "c");
        await Storage.WriteAsync(address, new byte[] { 1 }, 0, default);
        _database.Run("ALTER TABLE smcp.state RENAME TO away");

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await Storage.WriteAsync(address, new byte[] { 2 }, 1, default));

        _database.Run("ALTER TABLE smcp.away RENAME TO state");
        Assert.Equal(2, await Storage.WriteAsync(address, new byte[] { 2 }, 1, default));
    }

    [Fact]
    public async Task Read_Succeeds_WhenTheServerEndedEveryConnectionBefore()
    {
        var address = new StateAddress("a", "b", "c");
        await Storage.WriteAsync(address, new byte[] { 1 }, 0, default);
        _database.Run("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND datname = current_database()
            """);

        Assert.NotNull(await Storage.ReadAsync(address, default));
    }
}
