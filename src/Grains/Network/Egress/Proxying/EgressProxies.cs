using Microsoft.Extensions.Options;
using Smcp.Security.Audit;

namespace Smcp.Network.Egress.Proxying;

/// <summary>Makes the way out of each server's process.</summary>
internal sealed class EgressProxies(
    EgressGuard guard,
    IOptions<EgressProxyOptions> options,
    TimeProvider time,
    IAuditTrail? audit = null,
    EgressMeter? meter = null)
{
    /// <summary>A proxy, that its user disposes.</summary>
    public EgressProxy Create(EgressOwner owner) => new(CreateGate(owner), time);

    /// <summary>What a proxy connects through; for who asks on a process's behalf in another way.</summary>
    public EgressGate CreateGate(EgressOwner owner) => new(owner, guard, options.Value, audit, meter);
}
