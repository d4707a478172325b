using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Smcp.Runtimes;
using Smcp.Servers.Deploying.Manifests;
using Smcp.Servers.Health;
using Smcp.Storage;

namespace Smcp.Servers;

/// <summary>The kinds of runtime that this process can start; of two of one kind, the one added last.</summary>
internal sealed class RuntimeKinds(
    IEnumerable<IServerRuntimeFactory> factories,
    IGrainStorage storage,
    InstanceData data,
    InstanceManifests manifests,
    IOptions<HealthOptions> health)
{
    private readonly FrozenDictionary<RuntimeKind, IServerRuntimeFactory> _factories =
        factories.GroupBy(factory => factory.Kind).ToFrozenDictionary(kind => kind.Key, kind => kind.Last());

    public InstanceManifests Manifests => manifests;

    /// <summary>How what they start is watched.</summary>
    public HealthOptions Health => health.Value;

    public bool Has(RuntimeKind kind) => _factories.ContainsKey(kind);

    /// <summary>Starts a server for an instance.</summary>
    public ValueTask<IServerRuntime> StartAsync(
        InstanceKey instance,
        ServerDefinition definition,
        IRuntimeEvents events,
        CancellationToken cancellationToken) =>
        _factories[definition.Runtime].StartAsync(
            new RuntimeStart(instance, definition, storage, data.Of(instance)), events, cancellationToken);
}
