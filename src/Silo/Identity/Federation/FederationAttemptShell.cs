using Smcp.Engine;

namespace Smcp.Identity.Federation;

[GrainType("federation-attempt")]
internal sealed class FederationAttemptShell(ShellActivation activation, SecretDigester digester)
    : FederationAttemptGrain(activation, digester), IFederationAttemptShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
