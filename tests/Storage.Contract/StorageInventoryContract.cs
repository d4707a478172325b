using System.Text;
using Xunit;

namespace Smcp.Storage;

/// <summary>What every inventory must do. One class for each implementation derives from it.</summary>
public abstract class StorageInventoryContract
{
    private const string Log = "session/a";

    private static CancellationToken None => CancellationToken.None;

    protected abstract IGrainStorage States { get; }

    protected abstract ILogStorage Logs { get; }

    protected abstract IStorageInventory Inventory { get; }

    [Fact]
    public async Task Pages_AreEmpty_WhenNothingIsStored()
    {
        Assert.Empty(await Inventory.ListStatesAsync("k/", null, 10, None));
        Assert.Empty(await Inventory.ListLogsAsync("l/", null, 10, None));
    }

    [Fact]
    public async Task States_AreListedInOrder_PageByPage()
    {
        StateAddress[] ordered =
        [
            new("a", "k/acme/1", "x"), new("a", "k/acme/1", "y"), new("a", "k/acme/2", "x"),
            new("a", "k/b\u00e9", "x"), new("b", "k/acme", "x"), new("c", "k/B", "x"), new("c", "k/a", "x"),
        ];
        foreach (var address in ordered.Reverse())
        {
            await States.WriteAsync(address, Bytes("one"), 0, None);
        }

        for (var size = 1; size <= ordered.Length; size++)
        {
            Assert.Equal(ordered, await ListAsync("k/", size));
        }
    }

    [Fact]
    public async Task States_AreThoseOfThePrefix_WhenItIsGiven()
    {
        foreach (var key in (string[])["acme", "acme/1", "acme-b/1", "acm", "%", "b/acme"])
        {
            await States.WriteAsync(new StateAddress("a", key, "x"), Bytes("one"), 0, None);
        }

        Assert.Equal(["acme/1"], (await ListAsync("acme/", 10)).Select(address => address.GrainKey));
        Assert.Equal(
            ["acme", "acme-b/1", "acme/1"], (await ListAsync("acme", 1)).Select(address => address.GrainKey));
        Assert.Equal(["%"], (await ListAsync("%", 10)).Select(address => address.GrainKey));
    }

    [Fact]
    public async Task State_IsNotListed_WhenItWasCleared()
    {
        await States.WriteAsync(new StateAddress("a", "b", "c"), Bytes("one"), 0, None);
        await States.ClearAsync(new StateAddress("a", "b", "c"), 1, None);

        Assert.Empty(await ListAsync("b", 10));
    }

    [Fact]
    public async Task Logs_AreListedInOrder_PageByPage()
    {
        foreach (var log in (string[])["l/tenant/a", "l/session/b", "l/session/a", "l/Session/a"])
        {
            await Logs.AppendAsync(log, 1, [Bytes("one")], None);
        }

        await Logs.AppendAsync("l/gone", 1, [Bytes("one")], None);
        await Logs.DeleteAsync("l/gone", None);
        await Logs.TrimAsync("l/session/b", 1, None);

        Assert.Equal(
            ["l/Session/a", "l/session/a", "l/session/b", "l/tenant/a"], await ListLogsAsync("l/", 1));
        Assert.Equal(["l/session/a", "l/session/b"], await ListLogsAsync("l/session/", 10));
    }

    [Fact]
    public async Task Replace_PutsRecordsInTheirPlace_WhenTheyAreAsExpected()
    {
        await Logs.AppendAsync(Log, 1, [Bytes("one"), Bytes("two"), Bytes("three")], None);

        Assert.True(await Inventory.ReplaceAsync(
            Log, [new(1, Bytes("one"), Bytes("first")), new(3, Bytes("three"), Bytes("third"))], None));

        Assert.Equal(["first", "two", "third"], await ReadAsync());
        await Logs.AppendAsync(Log, 4, [Bytes("four")], None);
    }

    [Fact]
    public async Task Replace_ChangesNothing_WhenOneIsNotAsExpected()
    {
        await Logs.AppendAsync(Log, 1, [Bytes("one"), Bytes("two")], None);

        Assert.False(await Inventory.ReplaceAsync(
            Log, [new(1, Bytes("one"), Bytes("first")), new(2, Bytes("other"), Bytes("second"))], None));
        Assert.False(await Inventory.ReplaceAsync(
            Log, [new(1, Bytes("one"), Bytes("first")), new(3, Bytes(""), Bytes("third"))], None));
        Assert.False(await Inventory.ReplaceAsync("another", [new(1, Bytes("one"), Bytes("first"))], None));

        Assert.Equal(["one", "two"], await ReadAsync());
    }

    [Fact]
    public async Task Replace_ChangesNothing_WhenTheRecordWasTrimmed()
    {
        await Logs.AppendAsync(Log, 1, [Bytes("one"), Bytes("two")], None);
        await Logs.TrimAsync(Log, 1, None);

        Assert.False(await Inventory.ReplaceAsync(Log, [new(1, Bytes("one"), Bytes("first"))], None));
        Assert.True(await Inventory.ReplaceAsync(Log, [new(2, Bytes("two"), Bytes("second"))], None));
    }

    [Fact]
    public async Task EraseRemoved_LeavesWhatStands()
    {
        await States.WriteAsync(new StateAddress("a", "b", "c"), Bytes("one"), 0, None);

        await Inventory.EraseRemovedAsync(None);

        Assert.NotNull(await States.ReadAsync(new StateAddress("a", "b", "c"), None));
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<List<StateAddress>> ListAsync(string prefix, int size)
    {
        var all = new List<StateAddress>();
        StateAddress? after = null;
        while (await Inventory.ListStatesAsync(prefix, after, size, None) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= size);
            all.AddRange(page);
            after = page[^1];
        }

        return all;
    }

    private async Task<List<string>> ListLogsAsync(string prefix, int size)
    {
        var all = new List<string>();
        while (await Inventory.ListLogsAsync(prefix, all.LastOrDefault(), size, None) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    private async Task<IEnumerable<string>> ReadAsync() =>
        (await Logs.ReadAsync(Log, 0, 10, None)).Select(record => Encoding.UTF8.GetString(record.Payload.Span));
}
