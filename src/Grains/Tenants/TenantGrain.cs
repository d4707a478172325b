using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Tenants;

/// <summary>
/// A tenant. It counts its sessions' places, and looks from time to time at each whether it expired: so a session
/// that ended midway, or was never heard of again, is removed even though nobody asks for it.
/// </summary>
internal partial class TenantGrain : ITenantGrain, IGrainLifecycle, IRemindable
{
    private const string Sweep = "sweep";

    private readonly IActivationContext _activation;
    private readonly IEngineFailures _failures;
    private readonly TenantOptions _options;
    private readonly ILogger _logger;
    private readonly SessionIndex _sessions;
    private bool _isReminded;

    public TenantGrain(
        IActivationContext activation,
        IEngineFailures failures,
        IOptions<TenantOptions> options,
        ILogger<TenantGrain> logger)
    {
        _activation = activation;
        _failures = failures;
        _options = options.Value;
        _logger = logger;
        _sessions = new SessionIndex(activation.Logs, $"tenant/{activation.Key}/sessions", OnWriteFailed);
    }

    public Task OnActivateAsync(CancellationToken cancellationToken) => _sessions.LoadAsync(cancellationToken);

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(IsBuiltIn
            ? new TenantSnapshot { Status = TenantStatus.Active, Version = 1 }
            : new TenantSnapshot());

    public async ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken)
    {
        var key = session.ToString();
        if (session.Tenant.ToString() != _activation.Key)
        {
            return new McpFault(FaultReason.ServerNotFound, "There is no such server.");
        }

        if (!_sessions.Contains(key) && _sessions.Count >= _options.SessionsMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The tenant has too many sessions.");
        }

        var taken = _sessions.TakeAsync(key, _activation.Time.GetUtcNow() + _options.FirstLook);
        await RemindAsync();
        await taken;
        return null;
    }

    public async ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken)
    {
        var key = session.ToString();
        if (_sessions.Contains(key))
        {
            await _sessions.ReleaseAsync(key);
        }
    }

    /// <summary>The sweep: every session that is due is asked whether it still lives.</summary>
    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        _isReminded = true;
        foreach (var session in _sessions.Due(_activation.Time.GetUtcNow(), _options.SweepSessionsMax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await LookAtAsync(session, cancellationToken);
        }

        if (_sessions.Records > (2L * _sessions.Count) + _options.IndexSlack)
        {
            await _sessions.RewriteAsync();
            LogCompacted(_logger, _sessions.Count);
        }

        if (_sessions.Count == 0)
        {
            _isReminded = false;
            await _activation.RemoveReminderAsync(Sweep);
        }
    }

    private bool IsBuiltIn =>
        _activation.Key == TenantId.Default.ToString() || _activation.Key == TenantId.Platform.ToString();

    /// <summary>One that cannot be asked now is asked at the next sweep.</summary>
    private async ValueTask LookAtAsync(string session, CancellationToken cancellationToken)
    {
        try
        {
            var grain = _activation.Grains.Locate<ISessionGrain>(session);
            if (await grain.ExpireAsync(cancellationToken) is { } remaining)
            {
                _sessions.Postpone(session, _activation.Time.GetUtcNow() + remaining);
            }
            else if (_sessions.Contains(session))
            {
                await _sessions.ReleaseAsync(session);
            }
        }
        catch (Exception exception) when (_failures.Classify(exception) != EngineFailure.None)
        {
            LogSweepFailed(_logger, exception);
        }
    }

    /// <summary>The reminder outlives the process, so it is set once an activation.</summary>
    private async ValueTask RemindAsync()
    {
        if (!_isReminded)
        {
            _isReminded = true;
            await _activation.SetReminderAsync(Sweep, _options.SweepPeriod, _options.SweepPeriod);
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _activation.Deactivate();
    }
}
