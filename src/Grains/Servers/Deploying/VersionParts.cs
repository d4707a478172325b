using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Security.Audit;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Manifests;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying;

/// <summary>What a server's grain needs for its versions, beside its own state.</summary>
internal sealed class VersionParts(
    ImageStore images,
    VersionDocuments documents,
    IEngineFailures failures,
    IAuditTrail trail,
    IOptions<DeployOptions> options)
{
    public VersionManifests ManifestsOf(
        IActivationContext activation,
        ServerKey key,
        Func<VersionTable> read,
        Func<VersionTable, CancellationToken, ValueTask> writeAsync) =>
        new(activation, key, images, failures, trail, read, writeAsync);

    public ServerVersions Of(
        IActivationContext activation,
        ServerKey key,
        Func<VersionTable> read,
        Func<VersionTable, CancellationToken, ValueTask> writeAsync) =>
        new(activation, key, images, documents, options.Value, read, writeAsync);
}
