using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Servers;

[GrainType("server-list")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ServerListShell(
    ShellActivation activation, IServerCatalog catalog, Authorizer authorizer, IOptions<TenantOptions> options)
    : ServerListGrain(activation, catalog, authorizer, options), IServerListShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IServerListGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
