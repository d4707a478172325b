using System.Text;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>What somebody who can write to the store achieves with logs: nothing that is served.</summary>
public sealed class EncryptedLogStorageTests : IAsyncLifetime
{
    private const string Log = "session/acme/echo/1";

    private readonly MemoryStores _stores = new();
    private readonly EncryptedStore _node;

    public EncryptedLogStorageTests() => _node = EncryptedStore.InMemory(_stores);

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Record_IsNotInTheStore_WhenItWasAppended()
    {
        await AppendAsync(Log, 1, "a marker that nobody may find");

        Assert.DoesNotContain("marker", Encoding.Latin1.GetString((await RawAsync(Log))[0].Payload.Span));
        Assert.Equal(["a marker that nobody may find"], await ReadAsync(Log));
    }

    [Fact]
    public async Task Record_IsRefused_WhenItWasMovedToAnotherLog()
    {
        await AppendAsync(Log, 1, "one");
        await AppendAsync("session/acme/echo/2", 1, "two");
        await AppendAsync("session/globex/echo/1", 1, "three");

        foreach (var other in (string[])["session/acme/echo/2", "session/globex/echo/1"])
        {
            _stores.Logs.Put(other, await RawAsync(Log));
            await AssertRefusedAsync(other);
        }
    }

    [Fact]
    public async Task Record_IsRefused_WhenItHasAnotherNumber()
    {
        await AppendAsync(Log, 1, "one", "two");
        var records = await RawAsync(Log);

        _stores.Logs.Put(Log, [new(1, records[1].Payload), new(2, records[0].Payload)]);

        await AssertRefusedAsync(Log);
    }

    [Fact]
    public async Task Log_IsRefused_WhenItsTailWasCut()
    {
        await AppendAsync(Log, 1, "one", "two");
        await _node.FlushAsync();
        _stores.Logs.Put(Log, (await RawAsync(Log)).Take(1).ToList());

        await using var next = EncryptedStore.InMemory(_stores);

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await next.Logs.ExtentAsync(Log, None));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await next.Logs.ReadAsync(Log, 1, 10, None));
    }

    [Fact]
    public async Task Log_IsServed_WhenTheProcessDiedBeforeTheIndexWasWritten()
    {
        await AppendAsync(Log, 1, "one");
        await _node.FlushAsync();
        await AppendAsync(Log, 2, "two");
        await AppendAsync("session/acme/echo/2", 1, "new");

        await using var next = EncryptedStore.InMemory(_stores);

        Assert.Equal(new LogExtent(1, 2), await next.Logs.ExtentAsync(Log, None));
        Assert.Equal(2, (await next.Logs.ReadAsync(Log, 0, 10, None)).Count);
        await next.Logs.AppendAsync("session/acme/echo/2", 2, ["newer"u8.ToArray()], None);
        Assert.Equal(2, (await next.Logs.ReadAsync("session/acme/echo/2", 0, 10, None)).Count);
    }

    [Fact]
    public async Task RecordOfAnEarlierLog_IsRefused_WhenTheLogWasDeletedAndBegunAnew()
    {
        await AppendAsync(Log, 1, "one", "two");
        var earlier = await RawAsync(Log);
        await _node.Logs.DeleteAsync(Log, None);
        await AppendAsync(Log, 1, "new", "newer");
        var now = await RawAsync(Log);

        _stores.Logs.Put(Log, [earlier[0], now[1]]);

        await AssertRefusedAsync(Log);
    }

    [Fact]
    public async Task DeletedLog_StaysDeleted_WhenItIsPutBack()
    {
        await AppendAsync(Log, 1, "one", "two");
        var before = await RawAsync(Log);
        await _node.Logs.DeleteAsync(Log, None);
        _stores.Logs.Put(Log, before);

        await using var next = EncryptedStore.InMemory(_stores);

        Assert.Empty(await next.Logs.ReadAsync(Log, 0, 10, None));
        Assert.Equal(default, await next.Logs.ExtentAsync(Log, None));
        await next.Logs.AppendAsync(Log, 1, ["again"u8.ToArray()], None);
        Assert.Single(await next.Logs.ReadAsync(Log, 0, 10, None));
    }

    [Fact]
    public async Task EncryptionsOwnLogs_AreOutOfReach() =>
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await _node.Logs.DeleteAsync(DataKeyAddress.Index(KeyOwner.Platform), None));

    private async Task AppendAsync(string log, long first, params string[] records) =>
        await _node.Logs.AppendAsync(
            log, first, [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))], None);

    private async Task<IEnumerable<string>> ReadAsync(string log) =>
        (await _node.Logs.ReadAsync(log, 0, 100, None)).Select(record => Encoding.UTF8.GetString(record.Payload.Span));

    private ValueTask<IReadOnlyList<LogRecord>> RawAsync(string log) => _stores.Logs.ReadAsync(log, 0, 100, None);

    private async Task AssertRefusedAsync(string log) => await Assert.ThrowsAsync<StorageUnavailableException>(
        async () => await _node.Logs.ReadAsync(log, 0, 100, None));
}
