using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Security.Audit;

[GrainType("audit")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class AuditShell(
    ShellActivation activation,
    IEngineFailures failures,
    Authorizer authorizer,
    IOptions<AuditOptions> options,
    ILogger<AuditGrain> logger)
    : AuditGrain(activation, failures, authorizer, options, logger), IAuditShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IAuditGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
