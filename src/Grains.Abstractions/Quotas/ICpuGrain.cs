using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Quotas;

/// <summary>
/// Processor time that a tenant's servers took in the day (UTC), over all nodes; key: the tenant. Nodes measure by
/// themselves and report; what a report acknowledged is durable.
/// </summary>
[Grain("cpu")]
public interface ICpuGrain
{
    /// <summary>
    /// From a node: what it measured since its last report, and the answer is what all measured, and what the quota
    /// allows. One that is sent again is counted once, as long as the activation that took it lives. No time only asks.
    /// </summary>
    ValueTask<CpuStanding> ReportAsync(CpuReport report, CancellationToken cancellationToken);

    /// <summary>For an administrator: the day so far, and what the quota allows.</summary>
    ValueTask<CpuUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken);
}
