using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Quotas;

/// <summary>Reports to the grain that sums what left for a tenant.</summary>
internal sealed partial class EgressSource(
    IGrainLocator grains,
    KnownTenants tenants,
    IEngineFailures failures,
    TimeProvider time,
    IOptions<LimitOptions> options,
    ILogger<EgressSource> logger)
{
    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>The tally of one tenant.</summary>
    public DayTally TallyOf(TenantId tenant) => new(report => ReportAsync(tenant, report), time);

    private async ValueTask<DayStanding?> ReportAsync(TenantId tenant, DayReport said)
    {
        var report = new EgressReport { Source = _process, Number = said.Number, Bytes = said.Amount };
        try
        {
            var standing = await grains.Locate<IEgressGrain>(tenant.ToString())
                .ReportAsync(report, default).AsTask().WaitAsync(options.Value.LeaseTimeout, time);
            return new DayStanding(standing.Day, standing.Bytes);
        }
        catch (Exception exception)
        {
            if (RequestFailures.StorageCause(exception) is { } cause)
            {
                NotStored(tenant.ToString(), cause);
            }
            else
            {
                NotReported(tenant.ToString(), failures.Classify(exception), exception);
            }

            return null;
        }
    }

    /// <summary>
    /// Whether this life of the tenant is over, by what is remembered of it for some seconds: an id rests longer than
    /// that before it is another tenant's. False where that cannot be said.
    /// </summary>
    public async ValueTask<bool> IsOverAsync(TenantId tenant, int generation)
    {
        try
        {
            var known = await tenants.FindAsync(tenant, default).AsTask().WaitAsync(options.Value.LeaseTimeout, time);
            return !known.Status.IsThere() || known.Generation > generation;
        }
        catch (Exception exception) when (
            exception is TimeoutException || failures.ClassifyRequest(exception) != EngineFailure.None)
        {
            return false;
        }
    }
}
