using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.OAuth.Grants;
using Smcp.Security.Access;

namespace Smcp.Identity.OAuth;

[GrainType("user-grants")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class UserGrantsShell(
    ShellActivation activation, Authorizer authorizer, IOptions<GrantOptions> options)
    : UserGrantsGrain(activation, authorizer, options), IUserGrantsShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IUserGrantsGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
