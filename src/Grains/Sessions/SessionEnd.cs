using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Sessions;

/// <summary>
/// How a session ends: first durably, then everything of it is removed, at last its place with the tenant. Whatever
/// stops the removal midway, the tenant's sweep finds the place still taken and has it done again.
/// </summary>
internal sealed partial class SessionEnd(
    SessionData data, IActivationContext activation, IEngineFailures failures, ILogger logger)
{
    private Task? _ending;
    private Task? _removing;

    /// <summary>Completes when the end is durable. Removal is tried at once, and not waited for in vain.</summary>
    public Task EndAsync(Func<ValueTask> tellReaders) => _ending ??= EndOnceAsync(tellReaders);

    /// <summary>Removes what is left of a session that ended, once at a time. Throws what stops it.</summary>
    public async Task RemoveAsync()
    {
        var removing = _removing ??= RemoveOnceAsync();
        try
        {
            await removing;
        }
        finally
        {
            _removing = null;
        }
    }

    private ITenantGrain Tenant => activation.Grains.Locate<ITenantGrain>(data.Key.Tenant.ToString());

    private async Task RemoveOnceAsync()
    {
        await activation.Grains.Locate<IInstanceGrain>(data.Terms.Instance)
            .ClosePeerAsync(data.Name, CancellationToken.None);
        await data.RemoveAsync();
        await Tenant.ReleaseSessionAsync(data.Key, CancellationToken.None);
        activation.Deactivate();
    }

    private async Task EndOnceAsync(Func<ValueTask> tellReaders)
    {
        data.State = data.State with { Ended = true };
        await data.CommitAsync();
        LogEnded(logger);
        await tellReaders();
        try
        {
            await RemoveAsync();
        }
        catch (Exception exception) when (
            exception is StateConflictException or StorageUnavailableException
            || failures.Classify(exception) != EngineFailure.None)
        {
            LogCleanUpFailed(logger, exception);
            activation.Deactivate();
        }
    }
}
