using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Data;

[GrainType("server-data")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ServerDataShell(
    ShellActivation activation, Authorizer authorizer, InstanceStates states, IOptions<ServerDataOptions> options)
    : ServerDataGrain(activation, authorizer, states, options), IServerDataShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IServerDataGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
