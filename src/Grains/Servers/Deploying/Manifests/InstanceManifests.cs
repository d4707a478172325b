using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>What instances need of manifests: what was approved of their version, and to read one.</summary>
internal sealed class InstanceManifests(
    ImageStore images, IEngineFailures failures, TimeProvider time, IOptions<DeployOptions> options)
{
    private readonly ManifestReader _reader = new(options.Value);

    public DriftCheck CheckOf(IActivationContext activation, InstanceKey key) =>
        new(activation, key, _reader, failures, options.Value.DriftDeadline);

    /// <summary>What guards a pinned version; null for one that is not.</summary>
    /// <exception cref="ImageException">What was approved is not there, or is not what was approved.</exception>
    public async ValueTask<ManifestGuard?> GuardOfAsync(
        InstanceKey key, ServerDefinition definition, CancellationToken cancellationToken)
    {
        if (key.Version is null || key.IsForManifest
            || definition.Deployed is not { Settings.Manifest: ManifestMode.Pinned } version)
        {
            return null;
        }

        var bytes = await images.ReadManifestAsync(
            new ServerKey(key.Tenant, key.Server), version.Number, cancellationToken);
        return bytes is not null && Manifest.Parse(bytes) is { } manifest && manifest.Hash == definition.Manifest
            ? new ManifestGuard(manifest)
            : throw new ImageException("What was approved of the version is not there.");
    }

    /// <summary>What a running server offers a plain client, in the name of who wants to know.</summary>
    public async ValueTask<ManifestOutcome> ReadAsync(
        IServerRuntime runtime, CallContext caller, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.ManifestDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var (manifest, problem) = await _reader.ReadAsync(ManifestAsker.Plain(runtime, caller), either.Token)
                .AsTask().WaitAsync(either.Token);
            return manifest is null ? Refused(problem!) : new ManifestOutcome { Manifest = manifest.Bytes };
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Refused("It did not say in time what it offers.");
        }
    }

    private static ManifestOutcome Refused(string problem) =>
        new() { Fault = new McpFault(FaultReason.Unavailable, problem) };
}
