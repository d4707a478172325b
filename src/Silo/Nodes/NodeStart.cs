using Smcp.Health;

namespace Smcp.Nodes;

/// <summary>
/// Whether the node's start is done: it listens before, and who waits for it to be ready finds the operators' key.
/// </summary>
internal sealed class NodeStart : IReadiness
{
    private int _done;

    public string? Problem => Volatile.Read(ref _done) == 0 ? "starting" : null;

    public void Complete() => Volatile.Write(ref _done, 1);
}
