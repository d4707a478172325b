using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Quotas;

/// <summary>Sums what gateways say they sent for a tenant; a new day (UTC) begins with nothing.</summary>
internal class EgressGrain : IEgressGrain
{
    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly QuotaOptions _options;
    private readonly IGrainState<EgressState> _state;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    public EgressGrain(IActivationContext activation, Authorizer authorizer, IOptions<QuotaOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _options = options.Value;
        _state = activation.State<EgressState>("day");
    }

    /// <summary>The day that is counted. A clock that is set back begins no day again.</summary>
    private EgressState Today
    {
        get
        {
            var now = _activation.Time.GetUtcNow();
            var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
            return day > _state.Value.Day ? new EgressState { Day = day } : _state.Value;
        }
    }

    public async ValueTask<EgressStanding> ReportAsync(EgressReport report, CancellationToken cancellationToken)
    {
        if (report.Bytes > 0 && report.Number > _numbers.GetValueOrDefault(report.Source))
        {
            var (before, today) = (_state.Value, Today);
            _state.Value = today with { Bytes = today.Bytes + report.Bytes };
            try
            {
                await _state.WriteAsync(cancellationToken);
            }
            catch
            {
                // It comes again: what did not become durable must not count twice.
                _state.Value = before;
                throw;
            }

            Remember(report);
        }

        return new EgressStanding { Day = Today.Day, Bytes = Today.Bytes };
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
        return new EgressUsage
        {
            Day = Today.Day,
            Bytes = Today.Bytes,
            BytesMax = snapshot.Quotas.EgressBytesPerDay,
        };
    }

    private void Remember(EgressReport report)
    {
        if (_numbers.Count >= _options.HoldersMax)
        {
            _numbers.Clear();
        }

        _numbers[report.Source] = report.Number;
    }
}
