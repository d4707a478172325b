using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// The one that administers keys. It keeps no state: the rings say what is left to do, and a reminder, set before
/// anything is begun, brings it back to that after a restart. Whoever asks on a caller's behalf decided before, and
/// answered a refusal with a fault; what comes here without the permission all the same is a bug, and ends as one.
/// </summary>
internal partial class KeyGrain(
    IActivationContext activation, IKeyAdministration keys, ILogger<KeyGrain> logger) : IKeyGrain, IRemindable
{
    private const string Upkeep = "upkeep";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private readonly ILogger _logger = logger;

    public ValueTask<KeyStatus> StatusAsync(CallContext context, CancellationToken cancellationToken)
    {
        Require(Operates(context, writes: false), Operates(context, writes: true));
        return keys.StatusAsync(cancellationToken);
    }

    public ValueTask<TenantKeys> DescribeAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        Require(Administers(context, tenant, writes: false), Administers(context, tenant, writes: true));
        return keys.DescribeAsync(tenant, cancellationToken);
    }

    public async ValueTask<int> RotateMasterAsync(CallContext context, CancellationToken cancellationToken)
    {
        Require(Operates(context, writes: true));
        await BeginAsync();
        return await keys.RotateMasterAsync(cancellationToken);
    }

    public async ValueTask<bool> RotateTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        Require(Administers(context, tenant, writes: true));
        await BeginAsync();
        return await keys.RotateTenantAsync(tenant, cancellationToken);
    }

    public async ValueTask<bool> DestroyTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        Require(AccessRules.Operate(context, tenant, writes: true, AdminAreas.Tenants));
        await BeginAsync();
        return await keys.DestroyTenantKeysAsync(tenant, cancellationToken);
    }

    public ValueTask<bool> ProvisionTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        Require(AccessRules.Operate(context, tenant, writes: true, AdminAreas.Tenants));
        return keys.ProvisionTenantAsync(tenant, cancellationToken);
    }

    public ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(
        CallContext context, CancellationToken cancellationToken)
    {
        Require(Operates(context, writes: false), Operates(context, writes: true));
        return keys.DeletionsAsync(cancellationToken);
    }

    public async ValueTask ReplayDeletionsAsync(
        CallContext context, IReadOnlyList<KeyDeletion> deletions, CancellationToken cancellationToken)
    {
        Require(Operates(context, writes: true));
        await BeginAsync();
        await keys.ReplayDeletionsAsync(deletions, cancellationToken);
    }

    public Task OnReminderAsync(string name, CancellationToken cancellationToken) => ContinueAsync(cancellationToken);

    private static AccessDecision Operates(CallContext context, bool writes) =>
        AccessRules.Operate(context, context.Tenant, writes, AdminAreas.Encryption);

    private static AccessDecision Administers(CallContext context, TenantId tenant, bool writes) =>
        AccessRules.Administer(context, tenant, writes, AdminAreas.Encryption);

    /// <summary>One of them must allow: who may change something may look at it too.</summary>
    private static void Require(params ReadOnlySpan<AccessDecision> decisions)
    {
        foreach (var decision in decisions)
        {
            if (decision.IsAllowed)
            {
                return;
            }
        }

        throw new UnauthorizedAccessException("The keys were asked for something that nobody had permitted.");
    }

    /// <summary>The reminder first: what is begun after it is never forgotten.</summary>
    private async ValueTask BeginAsync()
    {
        await activation.SetReminderAsync(Upkeep, Period, Period);
        activation.RegisterTimer(ContinueAsync, Soon, Timeout.InfiniteTimeSpan);
    }

    private async Task ContinueAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await keys.ContinueAsync(cancellationToken))
            {
                await activation.RemoveReminderAsync(Upkeep);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The reminder stays, and tries again.
            LogUpkeepFailed(_logger, exception);
        }
    }
}
