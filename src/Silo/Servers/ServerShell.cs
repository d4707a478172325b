using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Servers.Deploying;
using Smcp.Servers.Health;

namespace Smcp.Servers;

[GrainType("server")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ServerShell(
    ShellActivation activation,
    IServerCatalog catalog,
    Authorizer authorizer,
    VersionParts versions,
    HealthParts health,
    ILogger<ServerGrain> logger)
    : ServerGrain(activation, catalog, authorizer, versions, health, logger), IServerShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IServerGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
