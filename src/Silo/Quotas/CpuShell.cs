using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Quotas.Cpu;
using Smcp.Security.Access;

namespace Smcp.Quotas;

[GrainType("cpu")]
internal sealed class CpuShell(ShellActivation activation, Authorizer authorizer, IOptions<QuotaOptions> options)
    : CpuGrain(activation, authorizer, options), ICpuShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
