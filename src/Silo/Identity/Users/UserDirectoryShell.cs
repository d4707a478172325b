using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Identity.Users;

[GrainType("user-directory")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class UserDirectoryShell(
    ShellActivation activation,
    Authorizer authorizer,
    UserAudit audit,
    IOptions<UserOptions> options,
    ILogger<UserDirectoryGrain> logger)
    : UserDirectoryGrain(activation, authorizer, audit, options, logger), IUserDirectoryShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IUserDirectoryGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
