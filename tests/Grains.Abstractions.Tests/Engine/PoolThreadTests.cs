namespace Smcp.Engine;

public sealed class PoolThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Item_RunsNext_OnceTheWorkThatQueuedItIsOver()
    {
        var seen = new List<string>();

        PoolThread.Run(seen, static seen =>
        {
            PoolThread.Queue(new Item(() => seen.Add($"item {Environment.CurrentManagedThreadId}")));
            seen.Add("work");
        });

        Assert.Equal(["work", $"item {Environment.CurrentManagedThreadId}"], seen);
    }

    [Fact]
    public void Item_RunsOnThePool_WhenNoWorkQueuesIt()
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Queue(new Item(ran.Set));

        Assert.True(ran.Wait(Patience));
    }

    [Fact]
    public void Item_RunsBesideTheWork_WhenAnotherIsToRunNext()
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran =>
        {
            PoolThread.Queue(new Item(static () => { }));
            PoolThread.Queue(new Item(ran.Set));
            Assert.True(ran.Wait(Patience));
        });
    }

    [Fact]
    public void Item_RunsBesideTheWork_WhenHandedOver()
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran =>
        {
            PoolThread.Queue(new Item(ran.Set));
            PoolThread.HandOver();
            Assert.True(ran.Wait(Patience));
        });
    }

    [Fact]
    public void Item_WaitsForTheOuterWork_WhenInnerWorkQueuesIt()
    {
        var seen = new List<string>();

        PoolThread.Run(seen, static seen =>
        {
            PoolThread.Run(seen, static seen => PoolThread.Queue(new Item(() => seen.Add("item"))));
            seen.Add("outer");
        });

        Assert.Equal(["outer", "item"], seen);
    }

    [Fact]
    public void Item_MayBlock_AsNothingWaitsForItsThread()
    {
        using var ran = new ManualResetEventSlim();

        PoolThread.Run(ran, static ran => PoolThread.Queue(new Item(() =>
        {
            PoolThread.Queue(new Item(ran.Set));
            Assert.True(ran.Wait(Patience));
        })));
    }

    [Fact]
    public void Item_SeesNothingAmbient_AndLeavesNothing()
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
    }

    [Fact]
    public void Items_LeaveTheThread_WhenTheyFollowEachOtherForLong()
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
    }

    [Fact]
    public void Thread_TakesItemsAgain_WhenWorkHasFailed()
    {
        var ran = false;
        Assert.Throws<InvalidOperationException>(
            () => PoolThread.Run(0, static _ => throw new InvalidOperationException()));

        PoolThread.Run(0, _ => PoolThread.Queue(new Item(() => ran = true)));

        Assert.True(ran);
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public Action Action { get; set; } = action;

        public void Execute() => Action();
    }
}
