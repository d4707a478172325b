using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;

namespace Smcp.Tasks;

[GrainType("task")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class TaskShell(ShellActivation activation)
    : TaskGrain(activation), ITaskShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<ITaskGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
