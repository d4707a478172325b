using System.Net.Sockets;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Jails;

/// <summary>Takes the connections of the one user that it serves.</summary>
internal sealed class JailerServer(JailerTerms terms, JailWarden warden, TimeProvider time)
{
    /// <summary>Said on standard output when connections are taken.</summary>
    public const string Ready = "ready";

    private const int Backlog = 256;
    private const uint ExecutableForNobody = 0b001_001_001;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Jails, probes, and orders that are refused.</summary>
    private int ConnectionsMax => terms.JailsMax + 64;

    private int _connections;

    /// <summary>Until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        File.Delete(terms.Socket);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        // Everybody may knock; who it is says the kernel.
        var mask = Libc.SetFileMask(ExecutableForNobody);
        listener.Bind(new UnixDomainSocketEndPoint(terms.Socket));
        _ = Libc.SetFileMask(mask);
        listener.Listen(Backlog);
        await Console.Out.WriteLineAsync(Ready);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Admit(await listener.AcceptAsync(cancellationToken), cancellationToken);
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // It knocked and went, or no descriptor is left until a jail ends: the jails that run go on.
                await Task.Delay(AcceptPause, time, cancellationToken);
            }
        }
    }

    private void Admit(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            if (PeerCredentials.UserOf(socket) == terms.Client)
            {
                if (Interlocked.Increment(ref _connections) <= ConnectionsMax)
                {
                    _ = Task.Run(() => ServeAsync(socket, cancellationToken), CancellationToken.None);
                    return;
                }

                Interlocked.Decrement(ref _connections);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        socket.Dispose();
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
