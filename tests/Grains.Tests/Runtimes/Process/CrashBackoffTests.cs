using Smcp.TestSupport;

namespace Smcp.Runtimes.Process;

public sealed class CrashBackoffTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Rest_IsTwiceAsLongEachTime_UpToItsBound()
    {
        var backoff = Backoff();
        Assert.True(backoff.MayStart());

        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => (int)backoff.Ended(default).TotalSeconds));

        Assert.False(backoff.MayStart());
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(backoff.MayStart());
    }

    [Fact]
    public void Rest_BeginsAnew_AfterALongLife()
    {
        var backoff = Backoff();
        backoff.Ended(default);
        backoff.Ended(default);

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Ended(TimeSpan.FromSeconds(30)));
    }

    private CrashBackoff Backoff() =>
        new(new ProcessRuntimeOptions { RestartDelayMax = TimeSpan.FromSeconds(5) }, _clock);
}
