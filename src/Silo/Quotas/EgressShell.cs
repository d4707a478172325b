using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Quotas;

[GrainType("egress")]
internal sealed class EgressShell(ShellActivation activation, Authorizer authorizer, IOptions<QuotaOptions> options)
    : EgressGrain(activation, authorizer, options), IEgressShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
