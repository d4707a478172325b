using System.Text;
using Xunit;

namespace Smcp.Storage;

/// <summary>What every store of logs must do. One class for each implementation derives from it.</summary>
public abstract class LogStorageContract
{
    private const string Log = "session/a";

    private static CancellationToken None => CancellationToken.None;

    protected abstract ILogStorage Storage { get; }

    [Fact]
    public async Task Extent_IsZero_WhenThereIsNoLog()
    {
        Assert.Equal(new LogExtent(0, 0), await Storage.ExtentAsync(Log, None));
        Assert.Empty(await Storage.ReadAsync(Log, 0, 10, None));
    }

    [Fact]
    public async Task Read_ReturnsRecordsInOrder_WhenAppended()
    {
        await AppendAsync(1, "a", "b");
        await AppendAsync(3, "c");

        await AssertHoldsAsync(0, 10, (1, "a"), (2, "b"), (3, "c"));
        Assert.Equal(new LogExtent(1, 3), await Storage.ExtentAsync(Log, None));
    }

    [Fact]
    public async Task Read_BeginsAfterTheNumber_WhenItIsGiven()
    {
        await AppendAsync(1, "a", "b", "c");

        await AssertHoldsAsync(1, 10, (2, "b"), (3, "c"));
        await AssertHoldsAsync(3, 10);
        await AssertHoldsAsync(99, 10);
    }

    [Fact]
    public async Task Read_ReturnsSoManyItems_WhenThereAreMore()
    {
        await AppendAsync(1, "a", "b", "c");

        await AssertHoldsAsync(0, 2, (1, "a"), (2, "b"));
        await AssertHoldsAsync(2, 2, (3, "c"));
    }

    [Fact]
    public async Task Read_MeetsEveryRecordOnce_WhenItPagesThroughLargeOnes()
    {
        // A store may end a page early for its bytes: what counts is that the pages together miss nothing.
        var record = new string('x', 300_000);
        for (var i = 1; i <= 20; i++)
        {
            await AppendAsync(i, record + i);
        }

        var seen = new List<long>();
        while (await Storage.ReadAsync(Log, seen.LastOrDefault(), 100, None) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(item => item.Sequence));
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Append_StoresAnEmptyRecord_WhenItHasNoBytes()
    {
        await AppendAsync(1, "", "b");

        await AssertHoldsAsync(0, 10, (1, ""), (2, "b"));
    }

    [Fact]
    public async Task Append_WritesNothing_WhenThereAreNoRecords()
    {
        await AppendAsync(1);

        Assert.Equal(new LogExtent(0, 0), await Storage.ExtentAsync(Log, None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Append_ConflictsAndWritesNothing_WhenTheNumberDoesNotFollowTheLast(long firstSequence)
    {
        await AppendAsync(1, "a", "b");

        await Assert.ThrowsAsync<StateConflictException>(() => AppendAsync(firstSequence, "x", "y"));

        await AssertHoldsAsync(0, 10, (1, "a"), (2, "b"));
        Assert.Equal(new LogExtent(1, 2), await Storage.ExtentAsync(Log, None));
    }

    [Fact]
    public async Task Append_Conflicts_WhenANewLogDoesNotBeginAtOne() =>
        await Assert.ThrowsAsync<StateConflictException>(() => AppendAsync(2, "a"));

    [Fact]
    public async Task Append_SucceedsOnce_WhenManyWritersTakeTheSameNumber()
    {
        await AppendAsync(1, "a");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => TryAppendAsync(2, $"{i}")));

        var winner = Assert.Single(Enumerable.Range(0, 20), i => outcomes[i]);
        await AssertHoldsAsync(1, 10, (2, $"{winner}"));
    }

    [Fact]
    public async Task Trim_DropsRecordsAndKeepsNumbering_WhenItEndsWithinTheLog()
    {
        await AppendAsync(1, "a", "b", "c");

        await Storage.TrimAsync(Log, 2, None);

        await AssertHoldsAsync(0, 10, (3, "c"));
        Assert.Equal(new LogExtent(3, 3), await Storage.ExtentAsync(Log, None));
        await AppendAsync(4, "d");
        await AssertHoldsAsync(0, 10, (3, "c"), (4, "d"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(99)]
    public async Task Trim_LeavesAnEmptyLogThatGoesOn_WhenItTakesEveryRecord(long throughSequence)
    {
        await AppendAsync(1, "a", "b", "c");

        await Storage.TrimAsync(Log, throughSequence, None);

        Assert.Empty(await Storage.ReadAsync(Log, 0, 10, None));
        Assert.Equal(new LogExtent(4, 3), await Storage.ExtentAsync(Log, None));
        await Assert.ThrowsAsync<StateConflictException>(() => AppendAsync(1, "again"));
        await AppendAsync(4, "d");
        await AssertHoldsAsync(0, 10, (4, "d"));
    }

    [Fact]
    public async Task Trim_ChangesNothing_WhenTheRecordsAreGoneAlready()
    {
        await AppendAsync(1, "a", "b", "c");
        await Storage.TrimAsync(Log, 2, None);

        await Storage.TrimAsync(Log, 1, None);
        await Storage.TrimAsync("another", 5, None);

        await AssertHoldsAsync(0, 10, (3, "c"));
        Assert.Equal(new LogExtent(3, 3), await Storage.ExtentAsync(Log, None));
        Assert.Equal(new LogExtent(0, 0), await Storage.ExtentAsync("another", None));
    }

    [Fact]
    public async Task Delete_RemovesTheLog_WhenItExists()
    {
        await AppendAsync(1, "a", "b");

        await Storage.DeleteAsync(Log, None);

        Assert.Equal(new LogExtent(0, 0), await Storage.ExtentAsync(Log, None));
        Assert.Empty(await Storage.ReadAsync(Log, 0, 10, None));
        await AppendAsync(1, "new");
        await AssertHoldsAsync(0, 10, (1, "new"));
    }

    [Fact]
    public async Task Delete_DoesNothing_WhenThereIsNoLog() => await Storage.DeleteAsync(Log, None);

    [Fact]
    public async Task Logs_AreSeparate_WhenTheirNamesDiffer()
    {
        await AppendAsync(1, "a");
        await Storage.AppendAsync("Session/a", 1, [Bytes("b"), Bytes("c")], None);

        await Storage.DeleteAsync("Session/a", None);

        await AssertHoldsAsync(0, 10, (1, "a"));
    }

    [Fact]
    public async Task Append_DoesNothing_WhenItIsCancelledBefore()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Storage.AppendAsync(Log, 1, [Bytes("a")], cancelled));

        Assert.Equal(new LogExtent(0, 0), await Storage.ExtentAsync(Log, None));
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task AppendAsync(long firstSequence, params string[] records) =>
        await Storage.AppendAsync(Log, firstSequence, [.. records.Select(Bytes)], None);

    private async Task<bool> TryAppendAsync(long firstSequence, string record)
    {
        try
        {
            await AppendAsync(firstSequence, record);
            return true;
        }
        catch (StateConflictException)
        {
            return false;
        }
    }

    private async Task AssertHoldsAsync(long after, int itemsMax, params (long Sequence, string Text)[] expected)
    {
        var page = await Storage.ReadAsync(Log, after, itemsMax, None);
        Assert.Equal(expected, page.Select(item => (item.Sequence, Encoding.UTF8.GetString(item.Payload.Span))));
    }
}
