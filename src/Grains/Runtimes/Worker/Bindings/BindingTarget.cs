using Smcp.Runtimes.Worker.Configuring;
using Smcp.Runtimes.Worker.Durable;
using Smcp.Runtimes.Worker.Fetching;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// What one process can reach: these bindings of its server's data, whatever it asks for, and the network as far as it
/// may. Each request to either is a subrequest.
/// </summary>
internal sealed class BindingTarget(
    ServerData? data,
    IEnumerable<WorkerBinding> bindings,
    SubrequestBudget budget,
    WorkerRuntimeOptions options,
    WorkerNetwork? network = null)
{
    private readonly Dictionary<string, WorkerBindingKind> _kinds =
        bindings.Where(WorkerdConfiguration.IsStored)
            .ToDictionary(binding => binding.Name, binding => binding.Kind, StringComparer.Ordinal);

    /// <summary>What its bindings are parts of; a target without bindings has none.</summary>
    public ServerData Data => data ?? throw new InvalidOperationException("There are no bindings.");

    /// <summary>Set where it is all that is served: what a process keeps its Durable Objects in.</summary>
    public DurableStore? Store { get; init; }

    public SubrequestBudget Budget => budget;

    /// <summary>Null where it has none.</summary>
    public WorkerNetwork? Network => network;

    public WorkerRuntimeOptions Options => options;

    /// <summary>What the process knows by this name; null for nothing.</summary>
    public WorkerBindingKind? KindOf(string name) => _kinds.TryGetValue(name, out var found) ? found : null;
}
