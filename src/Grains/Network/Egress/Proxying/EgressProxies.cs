using Microsoft.Extensions.Options;
using Smcp.Security.Audit;

namespace Smcp.Network.Egress.Proxying;

/// <summary>Makes the proxy of each server's process.</summary>
internal sealed class EgressProxies(
    EgressGuard guard,
    IOptions<EgressProxyOptions> options,
    TimeProvider time,
    IAuditTrail? audit = null,
    EgressMeter? meter = null)
{
    /// <summary>A proxy, that its user disposes.</summary>
    public EgressProxy Create(EgressOwner owner) => new(owner, guard, options, time, audit, meter);
}
