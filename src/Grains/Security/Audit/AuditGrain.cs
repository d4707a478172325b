using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Security.Audit;

/// <summary>
/// Keeps a tenant's audit log. What its parts do: <see cref="AuditLog"/> appends, <see cref="AuditSearch"/> reads,
/// <see cref="AuditVerifier"/> checks, <see cref="AuditRetention"/> drops.
/// </summary>
internal partial class AuditGrain : IAuditGrain, IGrainLifecycle, IRemindable
{
    private const string Sweep = "sweep";

    private static readonly McpFault NotStored = new(FaultReason.Unavailable, "The audit log cannot be written now.");
    private static readonly McpFault Foreign = new(FaultReason.InvalidRequest, "An event of another tenant's.");
    private static readonly McpFault Full = new(FaultReason.LimitExceeded, "Too many events wait for the store.");

    private readonly IActivationContext _activation;
    private readonly IEngineFailures _failures;
    private readonly Authorizer _authorizer;
    private readonly AuditOptions _options;
    private readonly ILogger _logger;
    private readonly TenantId _tenant;
    private readonly AuditLog _log;

    public AuditGrain(
        IActivationContext activation,
        IEngineFailures failures,
        Authorizer authorizer,
        IOptions<AuditOptions> options,
        ILogger<AuditGrain> logger)
    {
        _activation = activation;
        _failures = failures;
        _authorizer = authorizer;
        _options = options.Value;
        _logger = logger;
        _tenant = TenantId.Parse(activation.Key);
        _log = new AuditLog(activation, OnWriteFailed);
    }

    /// <summary>
    /// What is wrong with the log is its next record: recording goes on, and the break stays in the chain.
    /// </summary>
    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await _log.LoadAsync(cancellationToken) is { } problem)
        {
            LogBroken(_logger, _tenant, problem);
            await _log.AppendAsync([new AuditEvent
            {
                Time = _activation.Time.GetUtcNow(),
                Tenant = _tenant,
                Action = AuditActions.AuditBroken,
                Outcome = AuditOutcome.Failure,
                Reason = problem,
            }]);
        }
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<McpFault?> AppendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Events.Any(auditEvent => auditEvent.Tenant != _tenant))
        {
            return Foreign;
        }

        if (_log.Pending + batch.Events.Count > _options.PendingMax)
        {
            return Full;
        }

        try
        {
            var events = batch.IsRepeat
                ? await _log.MissingAsync(batch.Events, _options.RepeatItemsMax, cancellationToken)
                : batch.Events;
            await RemindAsync();
            await _log.AppendAsync(events);
            return null;
        }
        catch (StorageUnavailableException)
        {
            return NotStored;
        }
    }

    public async ValueTask<AuditPage> SearchAsync(
        CallContext context, AuditQuery query, CancellationToken cancellationToken) =>
        _authorizer.Administer(context, _tenant, writes: false, AdminAreas.Audit) is { } fault
            ? new AuditPage { Fault = fault }
            : await new AuditSearch(_log, _options).PageAsync(query, cancellationToken);

    public async IAsyncEnumerable<AuditPage> ExportAsync(
        CallContext context, AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = query.Cursor;
        do
        {
            var page = await SearchAsync(
                context, query with { Cursor = cursor, Limit = _options.PageItemsMax }, cancellationToken);
            cursor = page.Next;
            if (page.Records.Count > 0 || page.Fault is not null)
            {
                yield return page;
            }
        }
        while (cursor is not null);
    }

    public async ValueTask<AuditVerification> VerifyAsync(
        CallContext context, long afterSequence, CancellationToken cancellationToken) =>
        _authorizer.Administer(context, _tenant, writes: false, AdminAreas.Audit) is { } fault
            ? new AuditVerification { Fault = fault }
            : await new AuditVerifier(_log, _options).WalkAsync(afterSequence, cancellationToken);

    /// <summary>
    /// The sweep. It tells the newest hash to the process' own log too: who keeps that elsewhere has a witness.
    /// </summary>
    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        if (await RetentionAsync(cancellationToken) is not { } retention)
        {
            return;
        }

        var now = _activation.Time.GetUtcNow();
        var count = await new AuditRetention(_log, _options).SweepAsync(retention, now, cancellationToken);
        LogSwept(_logger, _tenant, count, _log.Head.Sequence, Convert.ToHexStringLower(_log.Head.Hash.Span));
        if (_log.Head.AnchorSequence >= _log.Last && _log.Pending == 0)
        {
            _log.ExpectSweep(default);
            await _activation.RemoveReminderAsync(Sweep);
        }
    }

    /// <summary>
    /// The tenant's own term, never below the least that it may have; or the installation's. Null when the tenant
    /// cannot be asked now.
    /// </summary>
    private async ValueTask<TimeSpan?> RetentionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var tenant = await _activation.Grains.Locate<ITenantGrain>(_activation.Key)
                .DescribeAsync(cancellationToken);
            return tenant.Configuration.AuditRetention is not { } own ? _options.Retention
                : own > _options.TenantRetentionMin ? own
                : _options.TenantRetentionMin;
        }
        catch (Exception exception) when (_failures.Classify(exception) != EngineFailure.None)
        {
            LogSweepFailed(_logger, _tenant, exception);
            return null;
        }
    }

    /// <summary>
    /// The reminder outlives the process. It is set for the first record, and when its time is not to be believed: it
    /// was missed, or the clock went back.
    /// </summary>
    private async ValueTask RemindAsync()
    {
        var now = _activation.Time.GetUtcNow();
        var ahead = _log.Head.SweepDue - now;
        if (ahead < -_options.SweepPeriod || ahead > _options.SweepPeriod)
        {
            _log.ExpectSweep(now + _options.SweepPeriod);
            await _activation.SetReminderAsync(Sweep, _options.SweepPeriod, _options.SweepPeriod);
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, _tenant, exception);
        _activation.Deactivate();
    }
}
