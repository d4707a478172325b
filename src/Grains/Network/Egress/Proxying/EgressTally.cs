namespace Smcp.Network.Egress.Proxying;

/// <summary>What a server's process sent and received, and all of them together. Thread-safe.</summary>
internal sealed class EgressTally(EgressMeter? meter)
{
    private long _connections;
    private long _refusals;
    private long _sent;
    private long _received;

    /// <summary>Connections that were made for it.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Requests that were refused.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>Bytes that it sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes that it received.</summary>
    public long Received => Interlocked.Read(ref _received);

    public void Connected()
    {
        Interlocked.Increment(ref _connections);
        meter?.Connected();
    }

    /// <param name="reason">One of few.</param>
    public void Refused(string reason)
    {
        Interlocked.Increment(ref _refusals);
        meter?.Refused(reason);
    }

    public void Moved(bool outwards, int bytes)
    {
        Interlocked.Add(ref outwards ? ref _sent : ref _received, bytes);
        meter?.Moved(outwards, bytes);
    }
}
