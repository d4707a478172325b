using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresSchemaTests(PostgresServer server) : IDisposable
{
    private readonly TestDatabase _database = new(server);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Open_MakesTheTablesOnce_WhenManyNodesStartTogether()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => _database.NewStore()).ToArray();

        await Task.WhenAll(stores.Select(store => store.OpenAsync(default).AsTask()));

        _database.Run("DO $$ BEGIN ASSERT (SELECT count(*) FROM smcp.store) = 1; END $$");
    }

    [Fact]
    public async Task Open_IsRefused_WhenANewerVersionWroteTheDatabase()
    {
        await _database.Store.OpenAsync(default);
        _database.Run("UPDATE smcp.store SET version = version + 1");

        Assert.Equal(StorageStartFailure.NewerVersion, await RefusalAsync());
    }

    [Fact]
    public async Task Open_IsRefused_WhenTheSchemaIsOfAnotherProgram()
    {
        _database.Run("CREATE SCHEMA smcp; CREATE TABLE smcp.other (id int)");

        Assert.Equal(StorageStartFailure.Foreign, await RefusalAsync());
    }

    [Fact]
    public async Task Open_IsRefused_WhenCommitsAreNotDurable()
    {
        var database = _database.ConnectionString.Split("Database=")[1];
        _database.Run($"ALTER DATABASE {database} SET synchronous_commit = off");

        Assert.Equal(StorageStartFailure.Failing, await RefusalAsync());
    }

    [Fact]
    public async Task Open_NeedsNoRightToMakeTables_WhenTheyStand()
    {
        await _database.Store.OpenAsync(default);
        _database.Run("""
            CREATE ROLE worker LOGIN;
            GRANT USAGE ON SCHEMA smcp TO worker;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA smcp TO worker;
            """);
        using var worker = new TestDatabase(server, options => options.ConnectionString =
            _database.ConnectionString.Replace("Username=smcp", "Username=worker", StringComparison.Ordinal));

        await worker.Store.OpenAsync(default);
        await worker.Logs.AppendAsync("log", 1, [new byte[] { 1 }], default);

        Assert.Equal(new LogExtent(1, 1), await _database.Logs.ExtentAsync("log", default));
    }

    private async Task<StorageStartFailure> RefusalAsync()
    {
        var refusal = await Assert.ThrowsAsync<StorageStartException>(async () =>
            await _database.NewStore().OpenAsync(default));
        return refusal.Reason;
    }
}
