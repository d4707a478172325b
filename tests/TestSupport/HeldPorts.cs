using System.Net;
using System.Net.Sockets;

namespace Smcp.TestSupport;

/// <summary>
/// Ports of loopback that nobody else is given until this is disposed, for programs that are told where to listen: a
/// port that is bound and does not listen can be bound again.
/// </summary>
public sealed class HeldPorts : IDisposable
{
    private readonly Socket[] _sockets;

    public HeldPorts(int count)
    {
        _sockets = [.. Enumerable.Range(0, count).Select(_ => Hold())];
        Ports = [.. _sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
    }

    public IReadOnlyList<int> Ports { get; }

    public void Dispose() => Array.ForEach(_sockets, socket => socket.Dispose());

    private static Socket Hold()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
