using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Servers.Health;

namespace Smcp.Servers;

[GrainType("server-log")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ServerLogShell(
    ShellActivation activation, Authorizer authorizer, IOptions<HealthOptions> options)
    : ServerLogGrain(activation, authorizer, options), IServerLogShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IServerLogGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
