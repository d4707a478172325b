using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Smcp.Jailer.Native;

namespace Smcp.Jailer.Launching;

/// <summary>
/// Listens on 127.0.0.1 inside a jail's network namespace. A socket belongs to the namespace that it was made in,
/// whoever accepts on it: so a program in the jail finds a port of its own loopback, which is served from outside.
/// </summary>
internal static class LoopbackListeners
{
    private const int NetworkNamespace = 0x40000000;
    private const int ReadOnly = 0x80000;
    private const int Internet = 2;
    private const int StreamClosedOnExec = 1 | 0x80000;
    private const int IpLevel = 0;
    private const int FreeBind = 15;
    private const int Backlog = 64;

    /// <summary>As root, on the spawner's thread: it goes into the namespace and comes back.</summary>
    public static List<SafeHandle> Open(int process, IReadOnlyList<int> ports)
    {
        using var own = new Descriptor(LibcException.Check(
            Libc.Open("/proc/thread-self/ns/net", ReadOnly), "open the own network namespace"));
        using var theirs = new Descriptor(LibcException.Check(
            Libc.Open($"/proc/{process}/ns/net", ReadOnly), "open the jail's network namespace"));
        LibcException.Check(Libc.SetNamespace(theirs.Number, NetworkNamespace), "setns");
        try
        {
            return Listen(ports);
        }
        finally
        {
            if (Libc.SetNamespace(own.Number, NetworkNamespace) != 0)
            {
                // Nothing may run on a thread that was left in a jail's network.
                Environment.FailFast("The spawner's thread did not come back from a jail's network namespace.");
            }
        }
    }

    /// <summary>Listens where this process is.</summary>
    public static List<SafeHandle> Listen(IReadOnlyList<int> ports)
    {
        var listeners = new List<SafeHandle>();
        try
        {
            foreach (var port in ports)
            {
                listeners.Add(Listen(port));
            }

            return listeners;
        }
        catch
        {
            listeners.ForEach(listener => listener.Dispose());
            throw;
        }
    }

    private static SafeSocketHandle Listen(int port)
    {
        var name = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        var listener = new SafeSocketHandle(
            LibcException.Check(Libc.Socket(Internet, StreamClosedOnExec, 0), "socket"), ownsHandle: true);
        try
        {
            var number = (int)listener.DangerousGetHandle();

            // The jail's loopback may come up a moment later than this.
            LibcException.Check(Libc.SetSocketOption(number, IpLevel, FreeBind, 1, sizeof(int)), "IP_FREEBIND");
            var address = new byte[16];
            BinaryPrimitives.WriteUInt16LittleEndian(address, Internet);
            BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(2), (ushort)port);
            address[4] = 127;
            address[7] = 1;
            LibcException.Check(Libc.Bind(number, address, (uint)address.Length), $"bind {name}");
            LibcException.Check(Libc.Listen(number, Backlog), $"listen {name}");
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }
}
