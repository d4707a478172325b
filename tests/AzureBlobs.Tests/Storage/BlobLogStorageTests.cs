using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class BlobLogStorageTests(AzuriteServer server) : LogStorageContract, IDisposable
{
    private readonly TestContainer _container = new(server, options => options.ReadBytesMax = 1 << 20);

    protected override ILogStorage Storage => _container.Logs;

    public void Dispose() => _container.Dispose();

    [Fact]
    public async Task Log_GoesOnAcrossSegments_OnEitherNode()
    {
        using var small = new TestContainer(server, options => options.SegmentBytesMax = 25);
        var (here, there) = (new BlobLogStorage(small.Store), new BlobLogStorage(small.NewStore()));
        for (var at = 1; at <= 20; at++)
        {
            await (at % 3 == 0 ? there : here).AppendAsync("log", at, [new byte[10]], default);
        }

        await here.TrimAsync("log", 7, default);

        Assert.Equal(new LogExtent(8, 20), await there.ExtentAsync("log", default));
        Assert.Equal(
            Enumerable.Range(8, 13).Select(at => (long)at),
            (await there.ReadAsync("log", 0, 100, default)).Select(record => record.Sequence));
        await there.TrimAsync("log", 20, default);
        Assert.Equal(new LogExtent(21, 20), await here.ExtentAsync("log", default));
        await here.AppendAsync("log", 21, [new byte[10]], default);
        Assert.Single(await there.ReadAsync("log", 0, 100, default));
    }

    [Fact]
    public async Task Append_Conflicts_WhenAnotherNodeFilledTheSegmentSince()
    {
        using var small = new TestContainer(server, options => options.SegmentBytesMax = 25);
        var (here, there) = (new BlobLogStorage(small.Store), new BlobLogStorage(small.NewStore()));
        await here.AppendAsync("log", 1, [new byte[10]], default);
        await there.AppendAsync("log", 2, [new byte[20]], default);
        await there.AppendAsync("log", 3, [new byte[20]], default);

        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await here.AppendAsync("log", 2, [new byte[10]], default));
        await here.AppendAsync("log", 4, [new byte[10]], default);

        Assert.Equal(new LogExtent(1, 4), await there.ExtentAsync("log", default));
    }
}
