using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Usage;

/// <summary>
/// What a tenant used; key: the tenant. Calls, errors, time and bytes by server, method, tool and principal, in rows of
/// an hour, and of a day once they are old. What a report acknowledged is durable.
/// </summary>
[Grain("usage")]
public interface IUsageGrain
{
    /// <summary>
    /// From an instance: what it counted since its last report. One that is sent again is counted once, as long as the
    /// activation that took it lives.
    /// </summary>
    [Interleaves]
    ValueTask AddAsync(UsageReport report, CancellationToken cancellationToken);

    /// <summary>From the administration: sums over a time range.</summary>
    [Interleaves]
    ValueTask<UsagePage> QueryAsync(CallContext context, UsageQuery query, CancellationToken cancellationToken);
}
