using System.Net;
using Microsoft.Extensions.Options;
using Smcp.Quotas;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// How many clients that are documents the requests of one address (of IPv6: network) look up at one time: anybody may
/// name slow hosts, and each takes a place of the node that fetches.
/// </summary>
internal sealed class DocumentLookups(IOptions<OAuthOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ulong Network, bool IsV6), int> _running = [];

    /// <summary>Takes a place, which is to be left again; false where there is none.</summary>
    public bool TryEnter(IPAddress address)
    {
        var key = AddressLimits.KeyOf(address);
        lock (_gate)
        {
            var running = _running.GetValueOrDefault(key);
            if (running >= options.Value.DocumentLookupsPerAddress)
            {
                return false;
            }

            _running[key] = running + 1;
            return true;
        }
    }

    public void Leave(IPAddress address)
    {
        var key = AddressLimits.KeyOf(address);
        lock (_gate)
        {
            if (_running[key] == 1)
            {
                _running.Remove(key);
            }
            else
            {
                _running[key]--;
            }
        }
    }
}
