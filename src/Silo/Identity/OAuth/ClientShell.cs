using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.OAuth.Clients;

namespace Smcp.Identity.OAuth;

[GrainType("oauth-client")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ClientShell(
    ShellActivation activation,
    ClientDocuments documents,
    SecretDigester digester,
    ClientKeySets keySets,
    IOptions<ClientOptions> options,
    ILogger<ClientGrain> logger)
    : ClientGrain(activation, documents, digester, keySets, options, logger),
        IClientShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IClientGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
