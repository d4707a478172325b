using Smcp.Runtimes.Worker.Configuring;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// What one process can reach of its server's data: these bindings, whatever it asks for. What it counts as is a
/// subrequest.
/// </summary>
internal sealed class BindingTarget(
    ServerData data, IEnumerable<WorkerBinding> bindings, SubrequestBudget budget, WorkerRuntimeOptions options)
{
    private readonly Dictionary<string, WorkerBindingKind> _kinds =
        bindings.ToDictionary(binding => binding.Name, binding => binding.Kind, StringComparer.Ordinal);

    public ServerData Data => data;

    public SubrequestBudget Budget => budget;

    public WorkerRuntimeOptions Options => options;

    /// <summary>What the process knows by this name; null for nothing.</summary>
    public WorkerBindingKind? KindOf(string name) => _kinds.TryGetValue(name, out var found) ? found : null;
}
