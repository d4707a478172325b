using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Serialization.Invocation;

namespace Smcp.Engine;

[GrainType("probe")]
[RandomPlacement]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ProbeShell(ShellActivation activation)
    : ProbeGrain(activation), IProbeShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IProbeGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);

    protected override string RuntimeContextText() => $"{activation.GrainContext.Address.SiloAddress}";
}
