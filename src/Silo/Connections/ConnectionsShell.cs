using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Connections;

[GrainType("connections")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ConnectionsShell(
    ShellActivation activation,
    Registrations registrations,
    Authorizer authorizer,
    IOptions<ConnectionOptions> options)
    : ConnectionsGrain(activation, registrations, authorizer, options), IConnectionsShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IConnectionsGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
