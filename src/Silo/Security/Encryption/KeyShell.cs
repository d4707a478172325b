using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Encryption.Upkeep;

namespace Smcp.Security.Encryption;

[GrainType("keys")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class KeyShell(ShellActivation activation, IKeyAdministration keys, ILogger<KeyGrain> logger)
    : KeyGrain(activation, keys, logger), IKeyShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IKeyGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
