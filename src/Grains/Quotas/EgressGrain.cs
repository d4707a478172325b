using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Quotas;

/// <summary>Sums what gateways say they sent for a tenant.</summary>
internal class EgressGrain : IEgressGrain
{
    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly DaySum<EgressState> _sum;

    public EgressGrain(IActivationContext activation, Authorizer authorizer, IOptions<QuotaOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _sum = new DaySum<EgressState>(
            activation.State<EgressState>("day"), activation.Time, options.Value.HoldersMax);
    }

    public async ValueTask<EgressStanding> ReportAsync(EgressReport report, CancellationToken cancellationToken)
    {
        await _sum.AddAsync(report.Source, report.Number, report.Bytes, cancellationToken);
        var today = _sum.Today;
        return new EgressStanding { Day = today.Day, Bytes = today.Bytes };
    }

    public async ValueTask<EgressUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        var tenant = TenantId.Parse(_activation.Key);
        if (_authorizer.Administer(context, tenant, writes: false, AdminAreas.Usage) is { } fault)
        {
            return new EgressUsage { Fault = fault };
        }

        var snapshot = await _activation.Grains.Locate<ITenantGrain>(_activation.Key)
            .DescribeAsync(cancellationToken);
        var today = _sum.Today;
        return new EgressUsage
        {
            Day = today.Day,
            Bytes = today.Bytes,
            BytesMax = snapshot.Quotas.EgressBytesPerDay,
        };
    }
}
