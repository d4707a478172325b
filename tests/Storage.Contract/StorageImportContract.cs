using Xunit;

namespace Smcp.Storage;

/// <summary>What every store that takes another's content over must do.</summary>
public abstract class StorageImportContract
{
    private static readonly StateAddress Held = new("counter", "acme/1", "state");

    private static CancellationToken None => CancellationToken.None;

    protected abstract IGrainStorage States { get; }

    protected abstract IGrainStorage Nodes { get; }

    protected abstract ILogStorage Logs { get; }

    protected abstract IStorageInventory Inventory { get; }

    protected abstract IStorageImport Import { get; }

    [Fact]
    public async Task Import_TakesEverythingOver_AndGoesOnFromThere()
    {
        var content = new Content();

        var count = await Import.ImportAsync(content, None);

        Assert.Equal(StoreCount.Of(content), count);
        Assert.Equal(new byte[] { 7 }, (await States.ReadAsync(Held, None))!.Payload.ToArray());
        Assert.NotNull(await Nodes.ReadAsync(ReminderImport.AddressOf(0), None));
        Assert.Single(await Inventory.ListStatesAsync(string.Empty, null, 10, None));
        Assert.Equal(["full", "trimmed", "whole"], await Inventory.ListLogsAsync(string.Empty, null, 10, None));
        Assert.Equal(2, await States.WriteAsync(Held, new byte[] { 8 }, 1, None));
        await Logs.AppendAsync("another", 1, [new byte[] { 1 }], None);
    }

    [Fact]
    public async Task Logs_KeepTheirNumbers_WhenTheyAreImported()
    {
        await Import.ImportAsync(new Content(), None);

        Assert.Equal(new LogExtent(1, 3), await Logs.ExtentAsync("whole", None));
        Assert.Equal(new LogExtent(5, 6), await Logs.ExtentAsync("trimmed", None));
        Assert.Equal(new LogExtent(10, 9), await Logs.ExtentAsync("full", None));
        Assert.Equal([5L, 6L], (await Logs.ReadAsync("trimmed", 0, 10, None)).Select(record => record.Sequence));
        await Logs.AppendAsync("full", 10, [new byte[] { 1 }], None);
        await Logs.AppendAsync("trimmed", 7, [new byte[] { 1 }], None);
        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await Logs.AppendAsync("whole", 1, [new byte[] { 1 }], None));
    }

    [Fact]
    public async Task Import_IsRefusedAndChangesNothing_WhenTheStoreHoldsSomething()
    {
        await Logs.AppendAsync("whole", 1, [new byte[] { 9 }], None);

        await Assert.ThrowsAsync<StorageStartException>(async () => await Import.ImportAsync(new Content(), None));

        Assert.Null(await States.ReadAsync(Held, None));
        Assert.Equal(new LogExtent(1, 1), await Logs.ExtentAsync("whole", None));
    }

    [Fact]
    public async Task Import_IsRefused_WhenItWasMadeBefore()
    {
        await Import.ImportAsync(new Content(), None);

        await Assert.ThrowsAsync<StorageStartException>(async () => await Import.ImportAsync(new Content(), None));
    }

    [Fact]
    public async Task Import_CanBeMadeAgain_WhenItBrokeOff()
    {
        await Assert.ThrowsAsync<IOException>(async () =>
            await Import.ImportAsync(new Content { BreaksOff = true }, None));

        var content = new Content();
        Assert.Equal(StoreCount.Of(content), await Import.ImportAsync(content, None));
    }

    private sealed class Content : IStoreContent
    {
        public bool BreaksOff { get; init; }

        public string Id => "content";

        public IEnumerable<StoredRow> States() => [new StoredRow(Held, new byte[] { 7 })];

        public IEnumerable<StoredRow> NodeStates() =>
            [new StoredRow(ReminderImport.AddressOf(0), "{}"u8.ToArray())];

        public IEnumerable<StoredLog> Logs() =>
        [
            new("whole", new LogExtent(1, 3)), new("trimmed", new LogExtent(5, 6)), new("full", new LogExtent(10, 9)),
        ];

        public IEnumerable<LogRecord> Records(StoredLog log)
        {
            for (var at = log.Extent.First; at <= log.Extent.Last; at++)
            {
                if (BreaksOff && at == 6)
                {
                    throw new IOException("The source is gone.");
                }

                yield return new LogRecord(at, new byte[] { (byte)at });
            }
        }
    }
}
