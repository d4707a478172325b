using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Network;
using Smcp.Network.Forwarding;

namespace Smcp.Quotas;

/// <summary>Only so many requests of an address, and of everybody together, whatever they are for.</summary>
internal sealed class RateGuard(TimeProvider time, AddressLimits addresses, IOptions<LimitOptions> options)
    : INetworkGuard
{
    private readonly TokenBucket? _node = options.Value.NodeRequestsPerMinute == 0
        ? null
        : new TokenBucket(time, options.Value.NodeRequestsPerMinute, options.Value.NodeBurst);

    public NetworkRefusal? Check(HttpContext context)
    {
        if (!addresses.TrySpend(ClientAddress.Of(context).Address, out var wait))
        {
            return Refuse("address", addresses.PerMinute, wait);
        }

        return _node is null || _node.TrySpend(1, out wait) ? null : Refuse("node", _node.PerMinute, wait);
    }

    private static NetworkRefusal Refuse(string limit, long perMinute, TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, $"rate-{limit}", "Too many requests.")
    {
        RetryAfter = wait,
        Limit = RateLimitPolicy.PerMinute(limit, perMinute),
    };
}
