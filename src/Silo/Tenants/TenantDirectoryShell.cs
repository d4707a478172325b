using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Tenants;

[GrainType("directory")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class TenantDirectoryShell(
    ShellActivation activation,
    Authorizer authorizer,
    IOptions<TenantOptions> options,
    ILogger<TenantDirectoryGrain> logger)
    : TenantDirectoryGrain(activation, authorizer, options, logger), ITenantDirectoryShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<ITenantDirectoryGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
