using System.Net.Sockets;

namespace Smcp.Jailer.Native;

/// <summary>Two connected unix sockets: one to keep, one to give to another process.</summary>
public sealed class SocketPair : IDisposable
{
    private const int Unix = 1;
    private const int Stream = 1;
    private const int ClosedOnExec = 0x80000;

    private bool _kept;

    private SocketPair(Socket own, SafeSocketHandle other)
    {
        Own = own;
        Other = other;
    }

    public Socket Own { get; }

    public SafeSocketHandle Other { get; }

    /// <exception cref="IOException">No descriptor is to be had.</exception>
    public static SocketPair Create()
    {
        var pair = new int[2];
        LibcException.Check(Libc.SocketPair(Unix, Stream | ClosedOnExec, 0, pair), "socketpair");
        return new SocketPair(
            new Socket(new SafeSocketHandle(pair[0], ownsHandle: true)), new SafeSocketHandle(pair[1], true));
    }

    /// <summary>
    /// A pair that goes one way from its beginning. <see cref="Socket.Shutdown"/> would take ours for disconnected.
    /// </summary>
    /// <param name="reads">Whether our end is the one that reads.</param>
    /// <exception cref="IOException">No descriptor is to be had.</exception>
    public static SocketPair CreateOneWay(bool reads)
    {
        var pair = Create();
        var own = (int)pair.Own.SafeHandle.DangerousGetHandle();
        var unused = reads ? SocketShutdown.Send : SocketShutdown.Receive;
        LibcException.Check(Libc.ShutDown(own, (int)unused), "shutdown");
        return pair;
    }

    /// <summary>Our end, which lives on when the pair is disposed.</summary>
    public Socket Keep()
    {
        _kept = true;
        return Own;
    }

    public void Dispose()
    {
        Other.Dispose();
        if (!_kept)
        {
            Own.Dispose();
        }
    }
}
