using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Security.Encryption.Upkeep;

namespace Smcp.Security.Encryption;

[GrainType("encryption")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class EncryptionShell(
    ShellActivation activation, Authorizer authorizer)
    : EncryptionGrain(activation, authorizer), IEncryptionShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IEncryptionGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
