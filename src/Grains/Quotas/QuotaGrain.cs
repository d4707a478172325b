using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Quotas;

/// <summary>
/// Shares one limit out among gateways: tokens of a rate in small leases, places of a number as they are needed. A
/// gateway's part of what may be leased shrinks as more of them ask: all together hold no more than a few hundredths.
/// </summary>
internal class QuotaGrain(IActivationContext activation, IOptions<QuotaOptions> options) : IQuotaGrain
{
    private readonly QuotaOptions _options = options.Value;
    private readonly Dictionary<string, QuotaHolder> _holders = new(StringComparer.Ordinal);
    private TokenBucket? _bucket;

    public ValueTask<TokenLease> LeaseAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var bucket = BucketOf(Math.Max(1, request.PerMinute));
        if (Find(request.Holder) is not { } holder)
        {
            return new(new TokenLease { RetryAfter = _options.LeaseLifetime });
        }

        var returned = Math.Clamp(request.Returned, 0, holder.Leased);
        bucket.Return(returned);
        holder.LeasedAt = activation.Time.GetTimestamp();
        var holders = _holders.Values.Count(IsLeasing);
        var needed = Math.Max(1, request.Needed);
        if (!bucket.TrySpend(needed, out var wait))
        {
            holder.Leased = 0;
            return new(new TokenLease { RetryAfter = wait, Holders = holders });
        }

        var share = (long)(bucket.PerMinute * _options.LeasedShare / holders);
        var ahead = Math.Min(Math.Max(0, request.Wanted - needed), share - needed);
        holder.Leased = needed + (ahead > 0 ? bucket.Take(ahead) : 0);
        return new(new TokenLease
        {
            Tokens = holder.Leased,
            Lifetime = _options.LeaseLifetime,
            Holders = holders,
        });
    }

    public ValueTask<SlotGrant> HoldAsync(SlotRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.Holder) is not { } holder)
        {
            return new(new SlotGrant { Lifetime = _options.HoldLifetime });
        }

        holder.Slots = 0;
        var others = _holders.Values.Where(IsHolding).ToList();
        var free = Math.Max(0, request.Max - others.Sum(other => other.Slots));
        var spare = Math.Max(1, (long)(request.Max * _options.SpareShare));
        holder.Slots = Math.Min(free, Math.Min(Math.Max(request.Wanted, request.Used), request.Used + spare));
        holder.HeldAt = activation.Time.GetTimestamp();
        return new(new SlotGrant
        {
            Slots = holder.Slots,
            Lifetime = _options.HoldLifetime,
            Holders = others.Count + 1,
        });
    }

    private bool IsLeasing(QuotaHolder holder) =>
        activation.Time.GetElapsedTime(holder.LeasedAt) < _options.LeaseLifetime * 2;

    private bool IsHolding(QuotaHolder holder) =>
        holder.Slots > 0 && activation.Time.GetElapsedTime(holder.HeldAt) < _options.HoldLifetime;

    /// <summary>A limit that was changed begins with what was taken of the old one not undone: empty.</summary>
    private TokenBucket BucketOf(long perMinute)
    {
        if (_bucket is null || _bucket.PerMinute != perMinute)
        {
            var burst = Math.Max(Math.Min(perMinute, _options.BurstMin), (long)(perMinute * _options.BurstShare));
            var isFirst = _bucket is null;
            _bucket = new TokenBucket(activation.Time, perMinute, burst);
            if (!isFirst)
            {
                _bucket.Charge(burst);
            }
        }

        return _bucket;
    }

    private QuotaHolder? Find(string name)
    {
        if (_holders.TryGetValue(name, out var holder))
        {
            return holder;
        }

        foreach (var (other, gone) in _holders)
        {
            if (!IsLeasing(gone) && !IsHolding(gone))
            {
                _holders.Remove(other);
            }
        }

        if (_holders.Count >= _options.HoldersMax)
        {
            return null;
        }

        holder = new QuotaHolder { LeasedAt = activation.Time.GetTimestamp() };
        _holders.Add(name, holder);
        return holder;
    }
}
