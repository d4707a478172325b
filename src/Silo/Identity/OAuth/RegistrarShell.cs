using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.OAuth.Clients;

namespace Smcp.Identity.OAuth;

[GrainType("oauth-registrar")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class RegistrarShell(
    ShellActivation activation,
    OAuthAudit audit,
    IOptions<ClientOptions> options,
    ILogger<RegistrarGrain> logger)
    : RegistrarGrain(activation, audit, options, logger), IRegistrarShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IRegistrarGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
