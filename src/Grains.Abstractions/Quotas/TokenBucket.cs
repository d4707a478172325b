namespace Smcp.Quotas;

/// <summary>
/// A rate with a burst, kept as one number: until when the past is paid for (the generic cell rate algorithm). Any
/// thread; allocates nothing; by the monotonic clock, so a clock that is set back neither closes nor opens it.
/// </summary>
public sealed class TokenBucket
{
    private const double SecondsPerMinute = 60;

    private readonly TimeProvider _time;
    private readonly double _ticksPerToken;
    private readonly long _burstTicks;
    private long _paidUntil;

    /// <summary>Full at first.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="perMinute">Tokens a minute; 1 and more.</param>
    /// <param name="burst">Tokens at most at one time; 1 and more.</param>
    public TokenBucket(TimeProvider time, long perMinute, long burst)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        _time = time;
        PerMinute = perMinute;
        Burst = burst;
        _ticksPerToken = time.TimestampFrequency * SecondsPerMinute / perMinute;
        _burstTicks = (long)(burst * _ticksPerToken);
        _paidUntil = time.GetTimestamp();
    }

    public long PerMinute { get; }

    public long Burst { get; }

    /// <summary>Tokens that can be taken now; negative while a spending larger than the burst is paid off.</summary>
    public long Remaining =>
        (long)Math.Floor(FreeTicks(_time.GetTimestamp(), Volatile.Read(ref _paidUntil)) / _ticksPerToken);

    /// <summary>
    /// Takes all these tokens or none; when none, says when to come again. More than the burst can be spent when the
    /// bucket is full, and are paid off after.
    /// </summary>
    public bool TrySpend(long tokens, out TimeSpan wait)
    {
        var cost = (long)Math.Ceiling(tokens * _ticksPerToken);
        var needed = Math.Min(cost, _burstTicks);
        while (true)
        {
            var now = _time.GetTimestamp();
            var paid = Volatile.Read(ref _paidUntil);
            var free = FreeTicks(now, paid);
            if (free < needed)
            {
                wait = TimeSpan.FromSeconds((double)(needed - free) / _time.TimestampFrequency);
                return false;
            }

            if (Interlocked.CompareExchange(ref _paidUntil, Math.Max(paid, now) + cost, paid) == paid)
            {
                wait = TimeSpan.Zero;
                return true;
            }
        }
    }

    /// <summary>
    /// Takes tokens whether they are there or not: what comes next waits for it. Not beyond ten bursts.
    /// </summary>
    public void Charge(long tokens)
    {
        var cost = (long)Math.Ceiling(tokens * _ticksPerToken);
        while (true)
        {
            var now = _time.GetTimestamp();
            var paid = Volatile.Read(ref _paidUntil);
            var until = Math.Min(Math.Max(paid, now) + cost, now + (10 * _burstTicks));
            if (Interlocked.CompareExchange(ref _paidUntil, until, paid) == paid)
            {
                return;
            }
        }
    }

    /// <summary>Takes what there is, up to <paramref name="tokensMax"/>, and says how many that were.</summary>
    public long Take(long tokensMax)
    {
        while (true)
        {
            var now = _time.GetTimestamp();
            var paid = Volatile.Read(ref _paidUntil);
            var tokens = Math.Min(tokensMax, (long)Math.Floor(FreeTicks(now, paid) / _ticksPerToken));
            if (tokens <= 0)
            {
                return 0;
            }

            var until = Math.Max(paid, now) + (long)Math.Ceiling(tokens * _ticksPerToken);
            if (Interlocked.CompareExchange(ref _paidUntil, until, paid) == paid)
            {
                return tokens;
            }
        }
    }

    /// <summary>Gives tokens back that were taken and not used; never beyond the burst.</summary>
    public void Return(long tokens) => Interlocked.Add(ref _paidUntil, -(long)(tokens * _ticksPerToken));

    private long FreeTicks(long now, long paidUntil) => now + _burstTicks - Math.Max(paidUntil, now);
}
