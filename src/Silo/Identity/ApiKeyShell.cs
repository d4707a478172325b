using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Identity.Keys;

namespace Smcp.Identity;

[GrainType("api-key")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ApiKeyShell(
    ShellActivation activation, SecretDigester digester, IOptions<ApiKeyOptions> options)
    : ApiKeyGrain(activation, digester, options), IApiKeyShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IApiKeyGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
