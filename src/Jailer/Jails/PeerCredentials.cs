using System.Net.Sockets;
using Smcp.Jailer.Native;

namespace Smcp.Jailer.Jails;

/// <summary>Who connected to a unix socket, as the kernel has it (SO_PEERCRED, unix(7)).</summary>
internal static class PeerCredentials
{
    private const int SocketLevel = 1;
    private const int PeerCredential = 17;
    private const int User = 1;

    public static uint UserOf(Socket socket)
    {
        // The process, the user and the group.
        var credentials = new int[3];
        var length = (uint)(credentials.Length * sizeof(int));
        LibcException.Check(
            Libc.GetSocketOption((int)socket.Handle, SocketLevel, PeerCredential, credentials, ref length),
            "getsockopt(SO_PEERCRED)");
        return (uint)credentials[User];
    }
}
