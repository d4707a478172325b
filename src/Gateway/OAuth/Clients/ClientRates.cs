using System.Net;
using Microsoft.Extensions.Options;
using Smcp.Identity.OAuth;
using Smcp.Quotas;

namespace Smcp.OAuth.Clients;

/// <summary>
/// How often a client may ask this gateway for tokens, or to revoke them. Anybody can say a public client's id, so such
/// a client is counted for each address (of IPv6: network) apart: nobody uses up what others have.
/// </summary>
internal sealed class ClientRates(TimeProvider time, IOptions<OAuthOptions> options)
{
    private readonly GenerationCache<(ClientId Client, (ulong, bool) Network), TokenBucket> _buckets =
        new(options.Value.ClientsKeptMax);

    /// <summary>Takes one request; false, and when to come again, where there is none.</summary>
    public bool TrySpend(ClientId client, bool isProven, IPAddress address, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (options.Value.ClientRequestsPerMinute == 0)
        {
            return true;
        }

        var key = (client, isProven ? default : AddressLimits.KeyOf(address));
        if (!_buckets.TryGet(key, out var bucket))
        {
            bucket = new TokenBucket(time, options.Value.ClientRequestsPerMinute, options.Value.ClientBurst);
            _buckets.Set(key, bucket);
        }

        return bucket.TrySpend(1, out wait);
    }
}
