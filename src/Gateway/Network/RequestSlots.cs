using Microsoft.Extensions.Options;

namespace Smcp.Network;

/// <summary>Counts the requests in work, so that a flood meets a clear no and not a slow yes.</summary>
internal sealed class RequestSlots(IOptions<NetworkOptions> network)
{
    private readonly int _max = network.Value.RequestsInFlightMax;
    private int _taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _max)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _taken);
}
