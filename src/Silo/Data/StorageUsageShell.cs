using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Data;

[GrainType("storage-usage")]
[MayInterleave(nameof(MayInterleave))]
internal sealed class StorageUsageShell(
    ShellActivation activation,
    Authorizer authorizer,
    IOptions<ServerDataOptions> options,
    ILogger<StorageUsageGrain> logger)
    : StorageUsageGrain(activation, authorizer, options, logger), IStorageUsageShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IStorageUsageGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
