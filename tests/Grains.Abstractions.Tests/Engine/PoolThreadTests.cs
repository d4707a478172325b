namespace Smcp.Engine;

public sealed class PoolThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public Task Item_RunsNext_OnceTheWorkThatQueuedItIsOver() => Task.Run(() =>
    {
        var seen = new List<string>();

        PoolThread.Run(seen, static seen =>
        {
            PoolThread.Queue(new Item(() => seen.Add($"item {Environment.CurrentManagedThreadId}")));
            seen.Add("work");
        });

        Assert.Equal(["work", $"item {Environment.CurrentManagedThreadId}"], seen);
    });

    [Fact]
    public Task Item_RunsOnThePool_WhenNoWorkQueuesIt() => Task.Run(() =>
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Queue(new Item(ran.Set));

        Assert.True(ran.Wait(Patience));
    });

    [Fact]
    public Task Item_RunsBesideTheWork_WhenAnotherIsToRunNext() => Task.Run(() =>
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran =>
        {
            PoolThread.Queue(new Item(static () => { }));
            PoolThread.Queue(new Item(ran.Set));
            Assert.True(ran.Wait(Patience));
        });
    });

    [Fact]
    public Task Item_RunsBesideTheWork_WhenHandedOver() => Task.Run(() =>
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran =>
        {
            PoolThread.Queue(new Item(ran.Set));
            PoolThread.HandOver();
            Assert.True(ran.Wait(Patience));
        });
    });

    [Fact]
    public Task Item_WaitsForTheOuterWork_WhenInnerWorkQueuesIt() => Task.Run(() =>
    {
        var seen = new List<string>();

        PoolThread.Run(seen, static seen =>
        {
            PoolThread.Run(seen, static seen => PoolThread.Queue(new Item(() => seen.Add("item"))));
            seen.Add("outer");
        });

        Assert.Equal(["outer", "item"], seen);
    });

    [Fact]
    public Task Item_MayBlock_AsNothingWaitsForItsThread() => Task.Run(() =>
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran => PoolThread.Queue(new Item(() =>
        {
            PoolThread.Queue(new Item(ran.Set));
            Assert.True(ran.Wait(Patience));
        })));
    });

    [Fact]
    public Task Item_SeesNothingAmbient_AndLeavesNothing() => Task.Run(() =>
    {
        var ambient = new AsyncLocal<string?> { Value = "the caller's" };
        var seen = "nothing";

        PoolThread.Run(ambient, ambient => PoolThread.Queue(new Item(() =>
        {
            seen = ambient.Value;
            ambient.Value = "the item's";
        })));

        Assert.Null(seen);
        Assert.Equal("the caller's", ambient.Value);
    });

    [Fact]
    public Task Items_LeaveTheThread_WhenTheyFollowEachOtherForLong() => Task.Run(() =>
    {
        using var all = new CountdownEvent(1000);
        var own = Environment.CurrentManagedThreadId;
        var elsewhere = 0;
        var item = new Item(() => { });
        item.Action = () => PoolThread.Run(item, item =>
        {
            elsewhere += Environment.CurrentManagedThreadId == own ? 0 : 1;
            if (!all.Signal())
            {
                PoolThread.Queue(item);
            }
        });

        item.Execute();

        Assert.True(all.Wait(Patience));
        Assert.InRange(elsewhere, 1, 999);
    });

    [Fact]
    public Task Thread_TakesItemsAgain_WhenWorkHasFailed() => Task.Run(() =>
    {
        var ran = false;
        Assert.Throws<InvalidOperationException>(
            () => PoolThread.Run(0, static _ => throw new InvalidOperationException()));

        PoolThread.Run(0, _ => PoolThread.Queue(new Item(() => ran = true)));

        Assert.True(ran);
    });

    [Fact]
    public Task Item_RunsOnThePool_WhenTheThreadHasAContextOfItsOwn() => Task.Run(() =>
    {
        using var ran = new ManualResetEventSlim();
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());

        PoolThread.Run(ran, static ran =>
        {
            PoolThread.Queue(new Item(ran.Set));
            Assert.True(ran.Wait(Patience));
        });
        SynchronizationContext.SetSynchronizationContext(null);
    });

    [Fact]
    public Task Item_RunsOnThePool_WhenTheWorkIsOfAnotherScheduler() => new TaskFactory(
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).StartNew(static () =>
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran =>
        {
            PoolThread.Queue(new Item(ran.Set));
            Assert.True(ran.Wait(Patience));
        });
    });

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public Action Action { get; set; } = action;

        public void Execute() => Action();
    }
}
