using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Worker.Durable;
using Smcp.Runtimes.Worker.Fetching;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// What one process reaches beyond its jail: its bindings, by the socket on which they are served, its network,
/// and what it keeps its Durable Objects in.
/// </summary>
internal sealed class WorkerDoors(IAsyncDisposable bindings, WorkerNetwork network, DurableStore? store)
    : IAsyncDisposable
{
    public EgressTally Traffic => network.Gate.Tally;

    /// <summary>Null where it has no Durable Objects.</summary>
    public DurableStore? Store => store;

    public async ValueTask DisposeAsync()
    {
        await bindings.DisposeAsync();
        network.Dispose();
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }
}
