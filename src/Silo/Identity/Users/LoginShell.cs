using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Identity.Users;

[GrainType("login")]
internal sealed class LoginShell(ShellActivation activation, IOptions<UserOptions> options)
    : LoginGrain(activation, options), ILoginShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
