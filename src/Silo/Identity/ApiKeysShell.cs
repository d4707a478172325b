using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.Keys;
using Smcp.Security.Access;

namespace Smcp.Identity;

[GrainType("api-keys")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ApiKeysShell(
    ShellActivation activation, Authorizer authorizer, IOptions<ApiKeyOptions> options)
    : ApiKeysGrain(activation, authorizer, options), IApiKeysShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IApiKeysGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
