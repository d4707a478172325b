using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Usage.Billing;

namespace Smcp.Usage;

[GrainType("usage")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class UsageShell(
    ShellActivation activation,
    Authorizer authorizer,
    IEnumerable<IUsageSink> sinks,
    IOptions<UsageOptions> options,
    ILogger<UsageGrain> logger)
    : UsageGrain(activation, authorizer, sinks, options, logger), IUsageShell, IGrainBase, Orleans.IRemindable
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IUsageGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);

    Task Orleans.IRemindable.ReceiveReminder(string reminderName, TickStatus status) =>
        OnReminderAsync(reminderName, CancellationToken.None);
}
