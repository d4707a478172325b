using System.Collections.Concurrent;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>
/// The processes of this node that have Durable Objects, by what workerd calls each in its storage. Thread-safe.
/// </summary>
internal sealed class DurableOwners
{
    private readonly ConcurrentDictionary<(ServerKey Server, string Node), DurableStore> _stores = new();

    /// <summary>False where another process is called that.</summary>
    public bool TryAdd(ServerKey server, string node, DurableStore store) => _stores.TryAdd((server, node), store);

    public void Remove(ServerKey server, string node) => _stores.TryRemove((server, node), out _);

    public DurableStore? Find(ServerKey server, string node) => _stores.GetValueOrDefault((server, node));
}
