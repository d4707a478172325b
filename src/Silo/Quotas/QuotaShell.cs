using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;

namespace Smcp.Quotas;

[GrainType("quota")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class QuotaShell(ShellActivation activation, IOptions<QuotaOptions> options)
    : QuotaGrain(activation, options), IQuotaShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IQuotaGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
