using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.OAuth.Keys;

namespace Smcp.Identity.OAuth;

[GrainType("signing-keys")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class SigningKeysShell(
    ShellActivation activation,
    OAuthAudit audit,
    IOptions<SigningKeyOptions> options,
    ILogger<SigningKeysGrain> logger)
    : SigningKeysGrain(activation, audit, options, logger), ISigningKeysShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<ISigningKeysGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
