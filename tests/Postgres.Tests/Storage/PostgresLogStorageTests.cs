using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresLogStorageTests(PostgresServer server) : LogStorageContract, IDisposable
{
    private readonly TestDatabase _database = new(server, options => options.ReadBytesMax = 1 << 20);

    protected override ILogStorage Storage => _database.Logs;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Read_IsRefused_WhenARecordIsMissing()
    {
        await Storage.AppendAsync("log", 1, [new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 }], default);
        _database.Run("DELETE FROM smcp.log_record WHERE sequence = 2");

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await Storage.ReadAsync("log", 0, 10, default));
    }

    [Fact]
    public async Task Read_IsRefused_WhenTheTailIsMissing()
    {
        await Storage.AppendAsync("log", 1, [new byte[] { 1 }, new byte[] { 2 }], default);
        _database.Run("DELETE FROM smcp.log_record WHERE sequence = 2");

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await Storage.ReadAsync("log", 1, 10, default));
    }

    [Fact]
    public async Task Delete_LeavesNoRecord_WhenOthersAppendMeanwhile()
    {
        for (var round = 0; round < 20; round++)
        {
            await Storage.AppendAsync("log", 1, [new byte[] { 1 }], default);
            var append = Storage.AppendAsync("log", 2, [new byte[] { 2 }], default).AsTask();
            await Storage.DeleteAsync("log", default);
            await Task.WhenAny(append);
            await Storage.DeleteAsync("log", default);
        }

        _database.Run("DO $$ BEGIN ASSERT (SELECT count(*) FROM smcp.log_record) = 0; END $$");
    }
}
