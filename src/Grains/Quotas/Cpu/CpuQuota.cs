using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Quotas.Cpu;

/// <summary>
/// Processor time that tenants' servers take on this node, and whether they may take more. Any thread. It holds the
/// tenants that ran something here.
/// </summary>
internal sealed partial class CpuQuota(
    IGrainLocator grains, TimeProvider time, IOptions<CpuOptions> options, ILogger<CpuQuota> logger) : IDisposable
{
    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<TenantId, TenantCpu> _tenants = new();

    public void Add(TenantId tenant, TimeSpan used)
    {
        if (used > TimeSpan.Zero)
        {
            Of(tenant).Add(used);
        }
    }

    /// <summary>
    /// Null while the tenant's servers may run, else when the next day begins. Where the grain that sums does not
    /// answer, what is known here decides: a lost grain stops nobody.
    /// </summary>
    public ValueTask<TimeSpan?> CheckAsync(TenantId tenant) => Of(tenant).CheckAsync(options.Value.ReportPeriod);

    /// <summary>Reports everything that waits, and learns what other nodes added and what is allowed now.</summary>
    public Task ReportAsync() =>
        Task.WhenAll(_tenants.Values.Where(tenant => tenant.IsWaiting).Select(tenant => tenant.ReportAsync()));

    public void Dispose()
    {
        foreach (var tenant in _tenants.Values)
        {
            tenant.Dispose();
        }
    }

    private TenantCpu Of(TenantId tenant) =>
        _tenants.GetOrAdd(tenant, id => new TenantCpu(report => SendAsync(id, report), time));

    private async ValueTask<CpuStanding?> SendAsync(TenantId tenant, DayReport said)
    {
        var report = new CpuReport { Source = _process, Number = said.Number, Microseconds = said.Amount };
        try
        {
            return await grains.Locate<ICpuGrain>(tenant.ToString())
                .ReportAsync(report, CancellationToken.None).AsTask().WaitAsync(options.Value.ReportTimeout, time);
        }
        catch (Exception exception)
        {
            // Whatever it is: what was measured goes with the next report.
            LogNotReported(logger, tenant, exception);
            return null;
        }
    }
}
