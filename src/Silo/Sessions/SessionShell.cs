using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Servers;

namespace Smcp.Sessions;

[GrainType("session")]
[PreferLocalPlacement]
[Immovable]
[MayInterleave(nameof(MayInterleave))]
internal sealed class SessionShell(
    ShellActivation activation,
    IEngineFailures failures,
    IOptions<SessionOptions> options,
    IOptions<InstanceOptions> instances,
    AccessAudit audit,
    MovingInstances moving,
    ILogger<SessionGrain> logger)
    : SessionGrain(activation, failures, options, instances, audit, moving, logger), ISessionShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<ISessionGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
