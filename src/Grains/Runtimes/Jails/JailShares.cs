using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.Runtimes.Jails;

/// <summary>Counts the jails of each tenant, so that none takes all that this node has.</summary>
internal sealed class JailShares(IOptions<JailOptions> options)
{
    private readonly Dictionary<TenantId, int> _jails = [];
    private readonly Lock _lock = new();

    /// <summary>False where the tenant has as many as it may; half as many are enough where it is a spare.</summary>
    public bool TryTake(TenantId tenant, bool isSpare = false)
    {
        var max = options.Value.JailsPerTenantMax;
        lock (_lock)
        {
            var jails = _jails.GetValueOrDefault(tenant);
            if (jails >= (isSpare ? max / 2 : max))
            {
                return false;
            }

            _jails[tenant] = jails + 1;
            return true;
        }
    }

    public void GiveBack(TenantId tenant)
    {
        lock (_lock)
        {
            if (--_jails[tenant] == 0)
            {
                _jails.Remove(tenant);
            }
        }
    }
}
