using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Worker.Fetching;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// What one process reaches beyond its jail: its bindings, by the socket on which they are served, and its network.
/// </summary>
internal sealed class WorkerDoors(IAsyncDisposable bindings, WorkerNetwork network) : IAsyncDisposable
{
    public EgressTally Traffic => network.Gate.Tally;

    public async ValueTask DisposeAsync()
    {
        await bindings.DisposeAsync();
        network.Dispose();
    }
}
