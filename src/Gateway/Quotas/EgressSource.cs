using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Quotas;

/// <summary>Reports to the grain that sums what left for a tenant.</summary>
internal sealed partial class EgressSource(
    IGrainLocator grains,
    IEngineFailures failures,
    TimeProvider time,
    IOptions<LimitOptions> options,
    ILogger<EgressSource> logger)
{
    private readonly string _process = Guid.NewGuid().ToString("N");

    public TimeProvider Time => time;

    public EgressReport Make(long number, long bytes) => new() { Source = _process, Number = number, Bytes = bytes };

    /// <summary>What all gateways sent; null where the grain did not answer: the report may have been taken.</summary>
    public async ValueTask<EgressStanding?> ReportAsync(TenantId tenant, EgressReport report)
    {
        try
        {
            return await grains.Locate<IEgressGrain>(tenant.ToString())
                .ReportAsync(report, default).AsTask().WaitAsync(options.Value.LeaseTimeout, time);
        }
        catch (Exception exception)
        {
            NotReported(tenant.ToString(), failures.Classify(exception), exception);
            return null;
        }
    }
}
