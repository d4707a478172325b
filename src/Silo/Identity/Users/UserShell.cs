using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Identity.Users;

[GrainType("user")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class UserShell(
    ShellActivation activation,
    PasswordHasher hasher,
    SecretDigester digester,
    Authorizer authorizer,
    UserAudit audit,
    IOptions<PasswordOptions> passwords,
    IOptions<UserOptions> options)
    : UserGrain(activation, hasher, digester, authorizer, audit, passwords, options), IUserShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IUserGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
