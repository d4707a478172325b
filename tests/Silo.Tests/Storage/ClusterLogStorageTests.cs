using Microsoft.Extensions.DependencyInjection;

namespace Smcp.Storage;

public sealed class ClusterLogStorageTests(TwoSilos silos) : LogStorageContract, IClassFixture<TwoSilos>, IAsyncLifetime
{
    /// <summary>The contract's logs, in the one cluster that its tests share.</summary>
    private static readonly string[] Logs = ["session/a", "Session/a", "another", "moved"];

    protected override ILogStorage Storage => silos.Silo(0).GetRequiredService<ILogStorage>();

    public async Task InitializeAsync()
    {
        foreach (var log in Logs)
        {
            await Storage.DeleteAsync(log, default);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Log_GoesOn_WhenItsGrainIsActivatedAgain()
    {
        var other = silos.Silo(1).GetRequiredService<ILogStorage>();
        var record = new byte[10_000];
        for (var number = 1; number <= 5; number++)
        {
            await Storage.AppendAsync("moved", number, [record], default);
            await silos.Cluster.DeactivateAsync(GrainId.Create("log", "moved"));
        }

        await other.TrimAsync("moved", 2, default);
        await silos.Cluster.DeactivateAsync(GrainId.Create("log", "moved"));

        Assert.Equal(new LogExtent(3, 5), await other.ExtentAsync("moved", default));
        var read = await other.ReadAsync("moved", 0, 10, default);
        Assert.Equal([3L, 4L, 5L], read.Select(item => item.Sequence));
    }
}
