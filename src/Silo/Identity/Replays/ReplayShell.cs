using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;

namespace Smcp.Identity.Replays;

[GrainType("replays")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ReplayShell(
    ShellActivation activation, IOptions<ReplayOptions> options, ILogger<ReplayGrain> logger)
    : ReplayGrain(activation, options, logger), IReplayShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IReplayGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
