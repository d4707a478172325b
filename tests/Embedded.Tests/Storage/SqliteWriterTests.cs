namespace Smcp.Storage;

public sealed class SqliteWriterTests : IDisposable
{
    private static readonly byte[] Payload = new byte[100];

    private readonly WriterGate _gate = new();
    private TemporaryStore? _store;

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Writes_ShareOneTransaction_WhenTheyWaitTogether()
    {
        var store = Open();
        var first = await HoldAsync(store);
        var waiting = Enumerable.Range(0, 100).Select(i => WriteAsync(store, i, 0)).ToArray();

        _gate.Open();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal([1, 100], _gate.Batches);
        Assert.Equal(2, store.Store.Writer.Transactions);
        Assert.Equal(101, store.Store.Writer.Writes);
    }

    [Fact]
    public async Task Write_IsNotAcknowledged_BeforeItsTransactionIsCommitted()
    {
        var store = Open();
        var first = await HoldAsync(store);

        Assert.False(first.IsCompleted);
        Assert.Null(await store.Grains.ReadAsync(Address(-1), None));

        _gate.Open();
        await first;
        Assert.NotNull(await store.Grains.ReadAsync(Address(-1), None));
    }

    [Fact]
    public async Task Write_ConflictsAlone_WhenItSharesATransaction()
    {
        var store = Open();
        var first = await HoldAsync(store);
        var stale = WriteAsync(store, 1, 7);
        var good = WriteAsync(store, 2, 0);
        var second = WriteAsync(store, 2, 1);
        var staleAppend = store.Logs.AppendAsync("log", 5, [Payload], None).AsTask();
        var append = store.Logs.AppendAsync("log", 1, [Payload], None).AsTask();

        _gate.Open();

        await first;
        await Assert.ThrowsAsync<StateConflictException>(() => stale);
        await Assert.ThrowsAsync<StateConflictException>(() => staleAppend);
        Assert.Equal(1, await good);
        Assert.Equal(2, await second);
        await append;
        Assert.Equal([1, 5], _gate.Batches);
    }

    [Fact]
    public async Task Write_FailsAlone_WhenItThrows()
    {
        var store = Open();
        var first = await HoldAsync(store);
        var before = WriteAsync(store, 1, 0);
        var broken = store.Store.WriteAsync(new BrokenWrite());
        var after = WriteAsync(store, 2, 0);

        _gate.Open();

        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Equal(1, await before);
        Assert.Equal(1, await after);
        Assert.NotNull(await store.Grains.ReadAsync(Address(1), None));
    }

    [Fact]
    public async Task Write_IsRefused_WhenTooManyWait()
    {
        var store = Open(options => options.QueueItemsMax = 5);
        var first = await HoldAsync(store);
        var waiting = Enumerable.Range(0, 5).Select(i => WriteAsync(store, i, 0)).ToArray();

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteAsync(store, 9, 0));

        Assert.Contains("behind", refusal.Message, StringComparison.Ordinal);
        _gate.Open();
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal(1, await WriteAsync(store, 9, 0));
    }

    [Fact]
    public async Task Write_IsRefused_WhenTooManyBytesWait()
    {
        var store = Open(options => options.QueueBytesMax = 2048);
        var first = await HoldAsync(store);
        var waiting = store.Grains.WriteAsync(Address(1), new byte[2000], 0, None).AsTask();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteAsync(store, 2, 0));

        _gate.Open();
        await Task.WhenAll(first, waiting);
    }

    [Fact]
    public async Task Batch_EndsEarly_WhenItsBytesAreMany()
    {
        var store = Open(options => options.BatchBytesMax = 1024);
        var first = await HoldAsync(store);
        var waiting = Enumerable.Range(0, 20).Select(i => WriteAsync(store, i, 0)).ToArray();

        _gate.Open();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal([1, 10, 10], _gate.Batches);
    }

    [Fact]
    public async Task Write_IsDropped_WhenItsCallerGivesUpBeforeItBegins()
    {
        using var source = new CancellationTokenSource();
        var store = Open();
        var first = await HoldAsync(store);
        var dropped = store.Grains.WriteAsync(Address(1), Payload, 0, source.Token).AsTask();
        await source.CancelAsync();

        _gate.Open();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
        Assert.Null(await store.Grains.ReadAsync(Address(1), None));
    }

    [Fact]
    public async Task Writes_AreFinished_WhenTheStoreIsClosed()
    {
        var store = Open();
        var first = await HoldAsync(store);
        var waiting = Enumerable.Range(0, 10).Select(i => WriteAsync(store, i, 0)).ToArray();

        var reopened = store.ReopenAsync();
        _gate.Open();
        await reopened;

        await Task.WhenAll([first, .. waiting]);
        Assert.NotNull(await store.Grains.ReadAsync(Address(9), None));
    }

    [Fact]
    public async Task Write_IsRefused_WhenItIsOverTheLimit()
    {
        var store = Open(options => options.WriteBytesMax = 1024);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await store.Grains.WriteAsync(Address(1), new byte[1025], 0, None));
    }

    [Fact]
    public async Task Log_IsCheckpointed_WhenItHasSoManyPages()
    {
        var store = Open(options => options.CheckpointPages = 20);
        for (var i = 1; i <= 100; i++)
        {
            await store.Logs.AppendAsync("log", i, [new byte[3000]], None);
        }

        Assert.InRange(store.Store.Writer.Checkpoints, 2, 100);
        Assert.InRange(new FileInfo(store.DatabasePath + "-wal").Length, 1, 60 * 4200);
    }

    [Fact]
    public async Task File_Shrinks_WhenMuchWasDeleted()
    {
        var store = Open(options => (options.CheckpointPages, options.FreePagesMax) = (20, 10));
        for (var i = 1; i <= 100; i++)
        {
            await store.Logs.AppendAsync("log", i, [new byte[20_000]], None);
        }

        var full = new FileInfo(store.DatabasePath).Length;
        await store.Logs.DeleteAsync("log", None);
        for (var i = 0; i < 200; i++)
        {
            await WriteAsync(store, 1, i);
        }

        await store.ReopenAsync();
        Assert.InRange(new FileInfo(store.DatabasePath).Length, 1, full / 2);
    }

    public void Dispose()
    {
        _gate.Open();
        _store?.Dispose();
        _gate.Dispose();
    }

    private static StateAddress Address(int number) => new("test", $"{number}", "state");

    private static Task<long> WriteAsync(TemporaryStore store, int number, long expectedVersion) =>
        store.Grains.WriteAsync(Address(number), Payload, expectedVersion, None).AsTask();

    private TemporaryStore Open(Action<SqliteStorageOptions>? configure = null) =>
        _store = new TemporaryStore(null, configure, _gate);

    /// <summary>Lets the writer take one write and stand still with it.</summary>
    private async Task<Task<long>> HoldAsync(TemporaryStore store)
    {
        _gate.Close();
        var first = WriteAsync(store, -1, 0);
        await _gate.HeldAsync();
        return first;
    }

    private sealed class BrokenWrite() : StorageWrite(0, None)
    {
        protected override long ApplyCore(WriterStatements statements) => throw new InvalidOperationException("broken");
    }
}
