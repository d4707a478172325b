using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.OAuth.Authorizations;

namespace Smcp.Identity.OAuth;

[GrainType("oauth-authorization")]
internal sealed class AuthorizationShell(
    ShellActivation activation, SecretDigester digester, IOptions<AuthorizationOptions> options)
    : AuthorizationGrain(activation, digester, options), IAuthorizationShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
