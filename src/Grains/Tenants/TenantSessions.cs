using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Tenants;

/// <summary>
/// The places of a tenant's sessions. It looks from time to time at each whether it expired: so a session that ended
/// midway, or was never heard of again, is removed even though nobody asks for it.
/// </summary>
internal sealed partial class TenantSessions(
    IActivationContext activation, IEngineFailures failures, TenantOptions options, ILogger logger)
{
    private const string Sweep = "sweep";

    private readonly ILogger _logger = logger;
    private SessionIndex? _sessions;
    private bool _isReminded;

    /// <summary>Reads the index of this life of the tenant.</summary>
    public Task LoadAsync(int generation, CancellationToken cancellationToken)
    {
        var name = $"tenant/{activation.Key}/sessions" + (generation > 1 ? $"/{generation}" : string.Empty);
        _sessions = new SessionIndex(activation.Logs, name, OnWriteFailed);
        return _sessions.LoadAsync(cancellationToken);
    }

    /// <summary>The tenant is gone, and its index with it.</summary>
    public async ValueTask EndAsync()
    {
        _sessions = null;
        await activation.RemoveReminderAsync(Sweep);
    }

    public async ValueTask<McpFault?> AdmitAsync(SessionKey session, long? quota)
    {
        var key = session.ToString();
        if (session.Tenant.ToString() != activation.Key || _sessions is not { } sessions)
        {
            return new McpFault(FaultReason.ServerNotFound, "There is no such server.");
        }

        var max = Math.Min(options.SessionsMax, quota ?? long.MaxValue);
        if (!sessions.Contains(key) && sessions.Count >= max)
        {
            return new McpFault(FaultReason.LimitExceeded, "The tenant has too many sessions.");
        }

        var taken = sessions.TakeAsync(key, activation.Time.GetUtcNow() + options.FirstLook);
        await RemindAsync();
        await taken;
        return null;
    }

    public async ValueTask ReleaseAsync(SessionKey session)
    {
        var key = session.ToString();
        if (_sessions is { } sessions && sessions.Contains(key))
        {
            await sessions.ReleaseAsync(key);
        }
    }

    /// <summary>The sweep: every session that is due is asked whether it still lives.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        _isReminded = true;
        if (_sessions is not { } sessions)
        {
            await activation.RemoveReminderAsync(Sweep);
            return;
        }

        foreach (var session in sessions.Due(activation.Time.GetUtcNow(), options.SweepSessionsMax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await LookAtAsync(sessions, session, cancellationToken);
        }

        if (sessions.Records > (2L * sessions.Count) + options.IndexSlack)
        {
            await sessions.RewriteAsync();
            LogCompacted(_logger, sessions.Count);
        }

        if (sessions.Count == 0)
        {
            _isReminded = false;
            await activation.RemoveReminderAsync(Sweep);
        }
    }

    /// <summary>One that cannot be asked now is asked at the next sweep.</summary>
    private async ValueTask LookAtAsync(SessionIndex sessions, string session, CancellationToken cancellationToken)
    {
        try
        {
            var grain = activation.Grains.Locate<ISessionGrain>(session);
            if (await grain.ExpireAsync(cancellationToken) is { } remaining)
            {
                sessions.Postpone(session, activation.Time.GetUtcNow() + remaining);
            }
            else if (sessions.Contains(session))
            {
                await sessions.ReleaseAsync(session);
            }
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
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
            await activation.SetReminderAsync(Sweep, options.SweepPeriod, options.SweepPeriod);
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        activation.Deactivate();
    }
}
