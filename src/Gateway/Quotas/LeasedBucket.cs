namespace Smcp.Quotas;

/// <summary>
/// One rate that all gateways share, as this one sees it: it spends a lease by itself, asks for the next one before
/// that is used up, and remembers for how long it was refused. Any thread.
/// </summary>
internal sealed class LeasedBucket(string key, QuotaSource source)
{
    /// <summary>For how much of the demand a lease is asked for.</summary>
    private static readonly TimeSpan LeaseDemand = TimeSpan.FromMilliseconds(500);

    /// <summary>What is asked for while the demand is not known.</summary>
    private const long FirstWanted = 8;

    /// <summary>What is said of a limit of nothing.</summary>
    private static readonly TimeSpan? Never = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Task? _asking;
    private TokenBucket? _ownShare;
    private long _tokens;
    private long _lowMark;
    private long _lapsesAt;
    private long _lapsed;
    private long _spent;
    private long _waiting;
    private long _askedAt;
    private long _refusedUntil;
    private long _refusedCost = long.MaxValue;
    private long _ownShareUntil;
    private int _holders = 1;

    /// <summary>
    /// Null when the tokens were spent, else when to come again. Completes at once while a lease lasts.
    /// </summary>
    public ValueTask<TimeSpan?> SpendAsync(long perMinute, long cost)
    {
        if (perMinute <= 0)
        {
            return new(Never);
        }

        return TrySpend(perMinute, cost, out var refused) ? new((TimeSpan?)null)
            : refused is not null ? new(refused)
            : AskThenSpendAsync(perMinute, cost);
    }

    /// <summary>Gives tokens back that a later limit made useless.</summary>
    public void GiveBack(long tokens)
    {
        lock (_gate)
        {
            _tokens += tokens;
        }
    }

    private async ValueTask<TimeSpan?> AskThenSpendAsync(long perMinute, long cost)
    {
        Interlocked.Add(ref _waiting, cost);
        try
        {
            while (true)
            {
                await AskingAsync(perMinute, cost);
                if (TrySpend(perMinute, cost, out var refused))
                {
                    return null;
                }

                if (refused is not null)
                {
                    return refused;
                }
            }
        }
        finally
        {
            Interlocked.Add(ref _waiting, -cost);
        }
    }

    /// <summary>False and no time: the lease does not say, ask.</summary>
    private bool TrySpend(long perMinute, long cost, out TimeSpan? refused)
    {
        refused = null;
        lock (_gate)
        {
            var now = source.Time.GetTimestamp();
            if (_tokens > 0 && now >= _lapsesAt)
            {
                _lapsed += _tokens;
                _tokens = 0;
            }

            if (_tokens >= cost)
            {
                _tokens -= cost;
                _spent += cost;
                if (_tokens < _lowMark && _asking is null && now >= _refusedUntil)
                {
                    _ = BeginAsync(perMinute, 1);
                }

                return true;
            }

            if (now < _refusedUntil && cost >= _refusedCost)
            {
                refused = source.Time.GetElapsedTime(now, _refusedUntil);
            }

            return false;
        }
    }

    private Task AskingAsync(long perMinute, long cost)
    {
        lock (_gate)
        {
            return _asking ?? BeginAsync(perMinute, cost);
        }
    }

    /// <summary>Under the lock: one question at a time.</summary>
    private Task BeginAsync(long perMinute, long cost)
    {
        var now = source.Time.GetTimestamp();
        var seconds = Math.Max(0.05, source.Time.GetElapsedTime(_askedAt, now).TotalSeconds);
        var demand = _askedAt == 0 ? FirstWanted : (long)(_spent / seconds * LeaseDemand.TotalSeconds);
        var request = new TokenRequest
        {
            Holder = source.Holder,
            PerMinute = perMinute,
            Needed = cost,
            Wanted = Math.Max(cost, demand + Volatile.Read(ref _waiting)),
            Returned = _lapsed,
        };
        _lapsed = 0;
        _spent = 0;
        _askedAt = now;
        var asking = AskAsync(request);
        _asking = asking.IsCompleted ? null : asking;
        return asking;
    }

    private async Task AskAsync(TokenRequest request)
    {
        try
        {
            var alone = source.Time.GetTimestamp() < Volatile.Read(ref _ownShareUntil);
            var lease = alone ? null : await source.LeaseAsync(key, request);
            lock (_gate)
            {
                Take(lease ?? OwnShareOf(request, alone), request.Needed);
            }
        }
        finally
        {
            lock (_gate)
            {
                _asking = null;
            }
        }
    }

    private void Take(TokenLease lease, long needed)
    {
        var now = source.Time.GetTimestamp();
        _holders = lease.Holders;
        if (lease.Tokens > 0)
        {
            _tokens += lease.Tokens;
            _lowMark = lease.Tokens / 2;
            _lapsesAt = now + Ticks(lease.Lifetime);
            _refusedUntil = 0;
            return;
        }

        var wait = lease.RetryAfter > source.Options.AskInterval ? lease.RetryAfter : source.Options.AskInterval;
        _refusedUntil = now + Ticks(wait);
        _refusedCost = needed;
    }

    /// <summary>The grain is lost: the limit through the gateways that there were, by a bucket of our own.</summary>
    private TokenLease OwnShareOf(TokenRequest request, bool goesOn)
    {
        var share = Math.Max(1, request.PerMinute / Math.Max(1, _holders));
        if (_ownShare?.PerMinute != share)
        {
            _ownShare = new TokenBucket(source.Time, share, Math.Max(1, share / 20));
        }

        if (!goesOn)
        {
            _ownShareUntil = source.Time.GetTimestamp() + Ticks(source.Options.OwnShareTime);
        }

        return _ownShare.TrySpend(request.Needed, out var wait)
            ? new TokenLease { Tokens = request.Needed, Lifetime = source.Options.LeaseTimeout, Holders = _holders }
            : new TokenLease { RetryAfter = wait, Holders = _holders };
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * source.Time.TimestampFrequency);
}
