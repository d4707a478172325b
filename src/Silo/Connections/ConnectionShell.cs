using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Connections;

[GrainType("connection")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ConnectionShell(
    ShellActivation activation, ConnectionTools tools, Authorizer authorizer)
    : ConnectionGrain(activation, tools, authorizer), IConnectionShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IConnectionGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
