using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Storage;

namespace Smcp.Security.Secrets;

[GrainType("secrets")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class SecretsShell(
    ShellActivation activation,
    Authorizer authorizer,
    SecretAudit audit,
    IGrainStorage storage,
    IOptions<SecretOptions> options)
    : SecretsGrain(activation, authorizer, audit, storage, options), ISecretsShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<ISecretsGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
