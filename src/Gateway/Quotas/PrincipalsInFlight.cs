using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.Quotas;

/// <summary>Counts the requests in work of each principal, at this gateway.</summary>
internal sealed class PrincipalsInFlight(IOptions<LimitOptions> options)
{
    private readonly int _max = options.Value.PrincipalInFlightMax;
    private readonly ConcurrentDictionary<(TenantId, PrincipalId), int> _counts = new();

    public int Max => _max;

    public bool TryEnter(TenantId tenant, PrincipalId principal)
    {
        var key = (tenant, principal);
        while (true)
        {
            if (!_counts.TryGetValue(key, out var count))
            {
                if (_counts.TryAdd(key, 1))
                {
                    return true;
                }
            }
            else if (count >= _max)
            {
                return false;
            }
            else if (_counts.TryUpdate(key, count + 1, count))
            {
                return true;
            }
        }
    }

    public void Leave(TenantId tenant, PrincipalId principal)
    {
        var key = (tenant, principal);
        while (_counts.TryGetValue(key, out var count))
        {
            if (count > 1 ? _counts.TryUpdate(key, count - 1, count) : _counts.TryRemove(new(key, count)))
            {
                return;
            }
        }
    }
}
