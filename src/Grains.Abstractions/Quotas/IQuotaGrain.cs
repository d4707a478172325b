using Smcp.Engine;

namespace Smcp.Quotas;

/// <summary>
/// One limit over all gateways; key: <see cref="QuotaKey"/>. Gateways lease small blocks of it ahead and spend them by
/// themselves. In memory only: after a loss it begins again with one burst, and no holder.
/// </summary>
[Grain("quota")]
public interface IQuotaGrain
{
    /// <summary>From a gateway: takes tokens of a rate. Never fails for want of tokens: it then says when.</summary>
    [Interleaves]
    ValueTask<TokenLease> LeaseAsync(TokenRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway: says how many places it needs of a number that is limited, and gets how many it has from now on,
    /// for <see cref="SlotGrant.Lifetime"/>.
    /// </summary>
    [Interleaves]
    ValueTask<SlotGrant> HoldAsync(SlotRequest request, CancellationToken cancellationToken);
}
