using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Quotas.Cpu;

/// <summary>Sums what nodes measured of a tenant's servers.</summary>
internal class CpuGrain : ICpuGrain
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly DaySum<CpuState> _sum;

    public CpuGrain(IActivationContext activation, Authorizer authorizer, IOptions<QuotaOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _sum = new DaySum<CpuState>(activation.State<CpuState>("day"), activation.Time, options.Value.HoldersMax);
    }

    public async ValueTask<CpuStanding> ReportAsync(CpuReport report, CancellationToken cancellationToken)
    {
        var snapshot = await TenantAsync(cancellationToken);
        if (snapshot.Status.IsThere())
        {
            await _sum.AddAsync(report.Source, report.Number, report.Microseconds, cancellationToken);
        }

        var today = _sum.Today;
        return new CpuStanding
        {
            Day = today.Day,
            Microseconds = today.Microseconds,
            MicrosecondsMax = snapshot.Quotas.CpuSecondsPerDay is { } seconds
                ? Math.Min(seconds, long.MaxValue / MicrosecondsPerSecond) * MicrosecondsPerSecond
                : null,
        };
    }

    public async ValueTask<CpuUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        var tenant = TenantId.Parse(_activation.Key);
        if (_authorizer.Administer(context, tenant, writes: false, AdminAreas.Usage) is { } fault)
        {
            return new CpuUsage { Fault = fault };
        }

        var snapshot = await TenantAsync(cancellationToken);
        var today = _sum.Today;
        return new CpuUsage
        {
            Day = today.Day,
            Seconds = (double)today.Microseconds / MicrosecondsPerSecond,
            SecondsMax = snapshot.Quotas.CpuSecondsPerDay,
        };
    }

    private ValueTask<TenantSnapshot> TenantAsync(CancellationToken cancellationToken) =>
        _activation.Grains.Locate<ITenantGrain>(_activation.Key).DescribeAsync(cancellationToken);
}
