using Smcp.Health;

namespace Smcp.Nodes;

/// <summary>Whether the node was told to stop: it is not ready then, though it serves a little longer.</summary>
internal sealed class NodeDeparture : IReadiness
{
    private int _begun;

    public string? Problem => Volatile.Read(ref _begun) == 0 ? null : "leaving";

    /// <summary>False when it was told before.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;
}
