using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.OAuth.Clients;
using Smcp.Security.Access;

namespace Smcp.Identity.OAuth;

[GrainType("oauth-clients")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ClientsShell(
    ShellActivation activation, Authorizer authorizer, IOptions<ClientOptions> options)
    : ClientsGrain(activation, authorizer, options), IClientsShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IClientsGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
