using Smcp.TestSupport;

namespace Smcp.Quotas;

public sealed class TokenBucketTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Burst_IsThereAtFirst_AndNoMore()
    {
        var bucket = new TokenBucket(_time, perMinute: 600, burst: 30);

        Assert.All(Enumerable.Range(0, 30), _ => Assert.True(bucket.TrySpend(1, out var _)));
        Assert.False(bucket.TrySpend(1, out var wait));
        Assert.Equal(TimeSpan.FromMilliseconds(100), wait);
    }

    [Fact]
    public void Refill_IsTheRate_UpToTheBurst()
    {
        var bucket = new TokenBucket(_time, perMinute: 600, burst: 30);
        Assert.Equal(30, bucket.Take(1_000));

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(20, bucket.Take(1_000));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(30, bucket.Take(1_000));
    }

    [Fact]
    public void MoreThanTheBurst_IsSpentWhenFull_AndPaidOff()
    {
        var bucket = new TokenBucket(_time, perMinute: 60, burst: 10);

        Assert.True(bucket.TrySpend(50, out var _));
        Assert.Equal(-40, bucket.Remaining);
        Assert.False(bucket.TrySpend(1, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(41), wait);
        Assert.False(bucket.TrySpend(50, out wait));
        Assert.Equal(TimeSpan.FromSeconds(50), wait);
    }

    [Fact]
    public void Return_GivesBack_AndNeverBeyondTheBurst()
    {
        var bucket = new TokenBucket(_time, perMinute: 600, burst: 30);
        bucket.Take(30);

        bucket.Return(10);
        Assert.Equal(10, bucket.Remaining);
        bucket.Return(1_000);
        Assert.Equal(30, bucket.Remaining);
    }

    [Fact]
    public void Charge_IsBounded_SoThatItIsPaidOffInTime()
    {
        var bucket = new TokenBucket(_time, perMinute: 60, burst: 10);
        for (var i = 0; i < 10_000; i++)
        {
            bucket.Charge(100);
        }

        Assert.False(bucket.TrySpend(1, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(91), wait);
    }

    [Fact]
    public void Threads_SpendEachTokenOnce()
    {
        var bucket = new TokenBucket(_time, perMinute: 1_000_000, burst: 10_000);
        var spent = 0;

        Parallel.For(0, 20_000, _ =>
        {
            if (bucket.TrySpend(1, out var _))
            {
                Interlocked.Increment(ref spent);
            }
        });

        Assert.Equal(10_000, spent);
    }

    [Fact]
    public void Spending_AllocatesNothing()
    {
        var bucket = new TokenBucket(_time, perMinute: 1_000_000, burst: 10_000);
        bucket.TrySpend(1, out var _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            bucket.TrySpend(1, out var _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
