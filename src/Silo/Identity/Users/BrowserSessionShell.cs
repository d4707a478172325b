using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.Users;

[GrainType("browser-session")]
internal sealed class BrowserSessionShell(ShellActivation activation, IOptions<UserOptions> options)
    : BrowserSessionGrain(activation, options), IBrowserSessionShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
