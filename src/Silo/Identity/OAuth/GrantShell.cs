using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.OAuth.Grants;

namespace Smcp.Identity.OAuth;

[GrainType("oauth-grant")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class GrantShell(
    ShellActivation activation,
    OAuthAudit audit,
    SecretDigester digester,
    IOptions<GrantOptions> options,
    ILogger<GrantGrain> logger)
    : GrantGrain(activation, audit, digester, options, logger), IGrantShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IGrantGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
