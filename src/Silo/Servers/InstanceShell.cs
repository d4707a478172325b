using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Tasks;

namespace Smcp.Servers;

[GrainType("instance")]
[ActivationCountBasedPlacement]
[VersionPlacement]
[PoolPlacement]
[Immovable]
[MayInterleave(nameof(MayInterleave))]
internal sealed class InstanceShell(
    ShellActivation activation,
    RuntimeKinds kinds,
    InstanceDrain drain,
    IEngineFailures failures,
    InstanceSecurity security,
    IOptions<InstanceOptions> instanceOptions,
    IOptions<TaskOptions> taskOptions,
    ILogger<InstanceGrain> logger)
    : InstanceGrain(activation, kinds, drain, failures, security, instanceOptions, taskOptions, logger),
        IInstanceShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IInstanceGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
