using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Identity.Federation;

[GrainType("federation")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class FederationShell(
    ShellActivation activation,
    OidcProvider provider,
    Authorizer authorizer,
    IOptions<FederationOptions> options)
    : FederationGrain(activation, provider, authorizer, options), IFederationShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IFederationGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
