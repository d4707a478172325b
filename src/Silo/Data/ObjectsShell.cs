using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;

namespace Smcp.Data;

[GrainType("objects")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ObjectsShell(
    ShellActivation activation,
    IEngineFailures failures,
    IOptions<ServerDataOptions> options,
    ILogger<ObjectsGrain> logger)
    : ObjectsGrain(activation, failures, options, logger), IObjectsShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IObjectsGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
