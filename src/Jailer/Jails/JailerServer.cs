using System.Net.Sockets;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Jails;

/// <summary>Takes the connections of the one user that it serves.</summary>
internal sealed class JailerServer(JailerTerms terms, JailWarden warden)
{
    /// <summary>Said on standard output when connections are taken.</summary>
    public const string Ready = "ready";

    private const int Backlog = 256;

    /// <summary>Jails, probes, and orders that are refused.</summary>
    private int ConnectionsMax => terms.JailsMax + 64;

    private int _connections;

    /// <summary>Until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        File.Delete(terms.Socket);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(terms.Socket));

        // Everybody may knock; who it is says the kernel.
        File.SetUnixFileMode(terms.Socket, (UnixFileMode)0b110_110_110);
        listener.Listen(Backlog);
        await Console.Out.WriteLineAsync(Ready);
        while (!cancellationToken.IsCancellationRequested)
        {
            var socket = await listener.AcceptAsync(cancellationToken);
            if (PeerCredentials.UserOf(socket) != terms.Client
                || Interlocked.Increment(ref _connections) > ConnectionsMax)
            {
                socket.Dispose();
                continue;
            }

            _ = Task.Run(() => ServeAsync(socket, cancellationToken), CancellationToken.None);
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            using var channel = new JailChannel(socket);
            using var connection = new JailConnection(channel, warden);
            await connection.ServeAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or SocketException
            or OperationCanceledException)
        {
            // What it said was nothing, or it is gone: nothing was started for it.
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"smcp-jailer: a jail failed: {exception}");
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
