using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Security.Audit;

namespace Smcp.Tenants;

[GrainType("tenant")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class TenantShell(
    ShellActivation activation,
    IEngineFailures failures,
    Authorizer authorizer,
    TierQuotas tiers,
    IOptions<TenantOptions> options,
    IOptions<AuditOptions> audit,
    ILogger<TenantGrain> logger)
    : TenantGrain(activation, failures, authorizer, tiers, options, audit, logger),
        ITenantShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<ITenantGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
