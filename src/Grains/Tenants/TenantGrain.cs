using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Security.Audit;
using Smcp.Sessions;

namespace Smcp.Tenants;

/// <summary>A tenant: its versions, its life, and the places of its sessions.</summary>
internal class TenantGrain : ITenantGrain, IGrainLifecycle, IRemindable
{
    private readonly IActivationContext _activation;
    private readonly TierQuotas _tiers;
    private readonly TenantLog _log;
    private readonly TenantLife _life;
    private readonly TenantSessions _sessions;

    public TenantGrain(
        IActivationContext activation,
        IEngineFailures failures,
        Authorizer authorizer,
        TierQuotas tiers,
        IOptions<TenantOptions> options,
        IOptions<AuditOptions> audit,
        ILogger<TenantGrain> logger)
    {
        _activation = activation;
        _tiers = tiers;
        _log = new TenantLog(activation.Logs, TenantId.Parse(activation.Key));
        _life = new TenantLife(activation, _log, authorizer, options.Value, audit.Value);
        _sessions = new TenantSessions(activation, failures, options.Value, logger);
    }

    private TenantRecord Current => _log.Current;

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _log.LoadAsync(cancellationToken);
        if (Current.Status is TenantStatus.Active or TenantStatus.Suspended)
        {
            await _sessions.LoadAsync(Current.Generation, cancellationToken);
        }
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken)
    {
        if (Current.Status == TenantStatus.None)
        {
            // An id that names no tenant must not cost memory.
            _activation.Deactivate();
            return new(new TenantSnapshot());
        }

        return new(new TenantSnapshot
        {
            Status = Current.Status,
            Version = Current.Version,
            Generation = Current.Generation,
            Configuration = Current.Configuration,
            Quotas = _tiers.Of(Current.Configuration),
        });
    }

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        _sessions.AdmitAsync(session, _tiers.Of(Current.Configuration).Sessions);

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        _sessions.ReleaseAsync(session);

    public Task OnReminderAsync(string name, CancellationToken cancellationToken) =>
        _sessions.SweepAsync(cancellationToken);

    public ValueTask<TenantOutcome> ReadAsync(CallContext context, CancellationToken cancellationToken) =>
        new(_life.Read(context, AdminAreas.Tenants));

    public ValueTask<TenantOutcome> ReadRolesAsync(CallContext context, CancellationToken cancellationToken) =>
        new(_life.Read(context, AdminAreas.Roles));

    public ValueTask<TenantVersionPage> ListVersionsAsync(
        CallContext context, long before, int countMax, CancellationToken cancellationToken) =>
        _life.ListAsync(context, before, countMax, cancellationToken);

    public async ValueTask<TenantOutcome> ProvisionAsync(
        CallContext context, TenantConfiguration configuration, CancellationToken cancellationToken)
    {
        var outcome = await _life.ProvisionAsync(context, configuration, cancellationToken);
        if (outcome.Tenant is { } begun)
        {
            await _sessions.LoadAsync(begun.Generation, cancellationToken);
        }

        return outcome;
    }

    public ValueTask<TenantOutcome> ConfigureAsync(
        CallContext context, TenantConfiguration configuration, long? expected, CancellationToken cancellationToken) =>
        _life.ConfigureAsync(context, configuration, expected, cancellationToken);

    public ValueTask<TenantOutcome> RestoreAsync(
        CallContext context, long version, long? expected, CancellationToken cancellationToken) =>
        _life.RestoreAsync(context, version, expected, cancellationToken);

    public ValueTask<TenantOutcome> PutRoleAsync(
        CallContext context, RoleDefinition role, long? expected, CancellationToken cancellationToken) =>
        _life.PutRoleAsync(context, role, expected, cancellationToken);

    public ValueTask<TenantOutcome> DeleteRoleAsync(
        CallContext context, string role, long? expected, CancellationToken cancellationToken) =>
        _life.DeleteRoleAsync(context, role, expected, cancellationToken);

    public ValueTask<TenantOutcome> SuspendAsync(CallContext context, CancellationToken cancellationToken) =>
        _life.SetStatusAsync(context, TenantStatus.Suspended, cancellationToken);

    public ValueTask<TenantOutcome> ResumeAsync(CallContext context, CancellationToken cancellationToken) =>
        _life.SetStatusAsync(context, TenantStatus.Active, cancellationToken);

    public async ValueTask<TenantOutcome> DeleteAsync(
        CallContext context, long? expected, CancellationToken cancellationToken)
    {
        var outcome = await _life.DeleteAsync(context, expected, cancellationToken);
        if (outcome.Tenant is not null)
        {
            await _sessions.EndAsync();
        }

        return outcome;
    }
}
