using Smcp.Quotas;
using Smcp.Quotas.Cpu;

namespace Smcp.Runtimes.Jails.Metering;

/// <summary>Jails whose processor time counts for their tenant, and none while it has used up its day's.</summary>
internal sealed class MeteredJails(IJails jails, JailMeter meter, CpuQuota quota) : IJails
{
    public async Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken)
    {
        if (await quota.CheckAsync(start.Tenant) is { } wait)
        {
            throw new JailUnavailableException("The tenant's servers used up their processor time of today.")
            {
                Fault = CpuDay.UsedUp(wait),
            };
        }

        var jail = await jails.StartAsync(start, cancellationToken);
        meter.Watch(start.Tenant, jail);
        return jail;
    }
}
