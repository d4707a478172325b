using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Quotas;

/// <summary>
/// What left for a tenant in the day (UTC), over all gateways; key: the tenant. Gateways count by themselves and
/// report; what a report acknowledged is durable.
/// </summary>
[Grain("egress")]
public interface IEgressGrain
{
    /// <summary>
    /// From a gateway: what it sent since its last report, and the answer is what all sent. One that is sent again is
    /// counted once, as long as the activation that took it lives. No bytes only ask.
    /// </summary>
    ValueTask<EgressStanding> ReportAsync(EgressReport report, CancellationToken cancellationToken);

    /// <summary>For an administrator: the day so far, and what the quota allows.</summary>
    ValueTask<EgressUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken);
}
