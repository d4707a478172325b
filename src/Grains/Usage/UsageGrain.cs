using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.Usage.Billing;

namespace Smcp.Usage;

/// <summary>A tenant's usage: takes reports, answers questions, and hands closed hours to the billing hooks.</summary>
internal partial class UsageGrain : IUsageGrain, IGrainLifecycle, IRemindable
{
    private const string Upkeep = "upkeep";

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly UsageOptions _options;
    private readonly ILogger _logger;
    private readonly TenantId _tenant;
    private readonly LogMap<UsageEntry> _map;
    private readonly UsageLedger _ledger;
    private readonly UsageBilling _billing;
    private readonly Dictionary<string, long> _reported = new(StringComparer.Ordinal);
    private bool _isReminded;

    public UsageGrain(
        IActivationContext activation,
        Authorizer authorizer,
        IEnumerable<IUsageSink> sinks,
        IOptions<UsageOptions> options,
        ILogger<UsageGrain> logger)
    {
        _activation = activation;
        _authorizer = authorizer;
        _options = options.Value;
        _logger = logger;
        _tenant = TenantId.Parse(activation.Key);
        _map = new LogMap<UsageEntry>(activation.Logs, $"tenant/{activation.Key}/usage", OnWriteFailed);
        _ledger = new UsageLedger(_map, _options);
        _billing = new UsageBilling(_tenant, activation.State<UsageBillingState>("billing"), [.. sinks]);
    }

    public Task OnActivateAsync(CancellationToken cancellationToken) => _map.LoadAsync(cancellationToken);

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask AddAsync(UsageReport report, CancellationToken cancellationToken)
    {
        if (_reported.GetValueOrDefault(report.Source) >= report.Number)
        {
            return;
        }

        if (_reported.Count >= _options.SourcesMax)
        {
            _reported.Clear();
        }

        _reported[report.Source] = report.Number;
        var adding = _ledger.AddAsync(_billing.OpenHour(_activation.Time.GetUtcNow()), report.Server, report.Counts);
        if (!_isReminded)
        {
            _isReminded = true;
            await _activation.SetReminderAsync(Upkeep, _options.UpkeepPeriod, _options.UpkeepPeriod);
        }

        await adding;
    }

    public ValueTask<UsagePage> QueryAsync(
        CallContext context, UsageQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            _authorizer.Administer(context, _tenant, writes: false, AdminAreas.Usage) is { } fault
                ? new UsagePage { Fault = fault }
                : UsageSums.Of(_ledger.Rows.Where(row => !_ledger.IsFolded(row)), query));

    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        _isReminded = true;
        var now = _activation.Time.GetUtcNow();
        try
        {
            await _billing.BillAsync(_ledger.Rows, now, cancellationToken);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or OperationCanceledException or IOException)
        {
            LogNotBilled(_logger, exception);
        }

        var hourly = now - _options.HourlyRetention;
        await _ledger.AgeAsync(now, _billing.IsOn && _billing.Through < hourly ? _billing.Through : hourly);
        if (_map.Entries.Count == 0)
        {
            _isReminded = false;
            await _activation.RemoveReminderAsync(Upkeep);
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _activation.Deactivate();
    }
}
