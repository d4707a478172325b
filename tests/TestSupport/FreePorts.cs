using System.Net;
using System.Net.Sockets;

namespace Smcp.TestSupport;

/// <summary>Ports of loopback that were free a moment ago, for what wants to know them before it listens.</summary>
public static class FreePorts
{
    public static int[] Take(int count)
    {
        TcpListener[] held = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(held, listener => listener.Start());
        int[] ports = [.. held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(held, listener => listener.Dispose());
        return ports;
    }
}
