using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Serialization.Invocation;
using Smcp.Engine;
using Smcp.Security.Access;
using Smcp.Servers.Deploying;
using Smcp.Servers.Deploying.Importing;
using Smcp.Servers.Deploying.Importing.Npm;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers;

[GrainType("server-import")]
[VersionPlacement]
[Immovable]
[MayInterleave(nameof(MayInterleave))]
internal sealed class ServerImportShell(
    ShellActivation activation,
    Authorizer authorizer,
    VersionDocuments documents,
    NpmBuilds builds,
    IOptions<NpmOptions> options)
    : ServerImportGrain(activation, authorizer, documents, builds, options), IServerImportShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    public static bool MayInterleave(IInvokable request) => Interleaving<IServerImportGrain>.Allows(request);

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
