using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;

namespace Smcp.Data;

[GrainType("key-values")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class KeyValuesShell(
    ShellActivation activation,
    IEngineFailures failures,
    IOptions<ServerDataOptions> options,
    ILogger<KeyValuesGrain> logger)
    : KeyValuesGrain(activation, failures, options, logger), IKeyValuesShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IKeyValuesGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
