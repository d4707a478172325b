using Smcp.Quotas;

namespace Smcp;

/// <summary>A quota whose clock stands still: what is used up stays so.</summary>
internal sealed class FakeQuota : IQuotaGrain
{
    private long _tokens = -1;

    public long Held { get; private set; }

    public ValueTask<TokenLease> LeaseAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        _tokens = _tokens < 0 ? request.PerMinute : _tokens;
        if (_tokens < request.Needed)
        {
            return new(new TokenLease { RetryAfter = TimeSpan.FromSeconds(12.5) });
        }

        _tokens -= request.Needed;
        return new(new TokenLease { Tokens = request.Needed, Lifetime = TimeSpan.FromSeconds(2) });
    }

    public ValueTask<SlotGrant> HoldAsync(SlotRequest request, CancellationToken cancellationToken)
    {
        Held = Math.Min(request.Used, request.Max);
        return new(new SlotGrant { Slots = Held, Lifetime = TimeSpan.FromSeconds(15) });
    }
}
