namespace Smcp.Quotas;

/// <summary>
/// One number of places that all gateways share, as this one sees it: it gives out the places that it holds, and asks
/// for more when those are taken. Any thread.
/// </summary>
internal sealed class LeasedSlots(string key, QuotaSource source)
{
    private readonly Lock _gate = new();
    private Task? _asking;
    private long _max;
    private long _used;
    private long _held;
    private long _heldUntil;
    private long _waiting;
    private long _refusedUntil;
    private int _holders = 1;

    /// <summary>Whether there is something to renew.</summary>
    public bool IsHolding
    {
        get
        {
            lock (_gate)
            {
                return _used > 0 || _held > 0;
            }
        }
    }

    /// <summary>Takes a place, if there is one. Completes at once while this gateway holds a free one.</summary>
    public ValueTask<bool> TryTakeAsync(long max)
    {
        _max = max;
        return TryTake() is { } known ? new(known) : AskThenTakeAsync();
    }

    public void Release()
    {
        lock (_gate)
        {
            _used--;
        }
    }

    /// <summary>Says what is in use, so that it stays held and the rest is free for others.</summary>
    public Task RenewAsync() => AskingAsync();

    private async ValueTask<bool> AskThenTakeAsync()
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            while (true)
            {
                await AskingAsync();
                if (TryTake() is { } known)
                {
                    return known;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Null: what is held does not say, ask.</summary>
    private bool? TryTake()
    {
        lock (_gate)
        {
            var now = source.Time.GetTimestamp();
            if (_used < _held && now < _heldUntil)
            {
                _used++;
                return true;
            }

            return now < _refusedUntil ? false : null;
        }
    }

    private Task AskingAsync()
    {
        lock (_gate)
        {
            if (_asking is not null)
            {
                return _asking;
            }

            var needed = _used + Volatile.Read(ref _waiting);
            var request = new SlotRequest
            {
                Holder = source.Holder,
                Max = _max,
                Used = needed,
                Wanted = needed + (_max / 50),
            };
            var asking = AskAsync(request);
            _asking = asking.IsCompleted ? null : asking;
            return asking;
        }
    }

    private async Task AskAsync(SlotRequest request)
    {
        try
        {
            var grant = await source.HoldAsync(key, request);
            lock (_gate)
            {
                var now = source.Time.GetTimestamp();
                _holders = grant?.Holders ?? _holders;
                _held = grant?.Slots ?? Math.Max(1, request.Max / _holders);
                _heldUntil = now + Ticks(grant?.Lifetime ?? source.Options.OwnShareTime);
                _refusedUntil = _held > _used ? 0 : now + Ticks(source.Options.AskInterval);
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

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * source.Time.TimestampFrequency);
}
