using System.Net.Sockets;

namespace Smcp.Runtimes.Worker;

/// <summary>The unix sockets by which we and a worker reach each other, in a folder of ours.</summary>
internal static class WorkerSockets
{
    private const int Backlog = 64;

    /// <summary>
    /// A socket that listens there, and that every user who sees its file may connect to. The file is the caller's to
    /// remove.
    /// </summary>
    public static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Closing a socket removes the file that it was bound to, also where another process still listens there:
            // under another name it stays.
            socket.Bind(new UnixDomainSocketEndPoint(path + ".new"));
            File.Move(path + ".new", path);
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="SocketException">Nothing listens there.</exception>
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
