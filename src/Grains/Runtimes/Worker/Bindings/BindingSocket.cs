using System.Net.Sockets;
using System.Threading.Channels;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>A socket on which one worker's connections come in; disposing it ends them too.</summary>
internal sealed class BindingSocket(
    Socket socket, int connectionsMax, TimeProvider time, Func<Socket, ValueTask> taken) : IAsyncDisposable
{
    /// <summary>How long to wait where the machine has no room for one more.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _ended = new();
    private readonly HashSet<Socket> _open = [];
    private Task _accepting = Task.CompletedTask;

    public void Begin() => _accepting = AcceptAsync(_ended.Token);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _accepting;
        socket.Dispose();
        foreach (var connection in _open)
        {
            connection.Dispose();
        }

        _ended.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await KeepAsync(await socket.AcceptAsync(cancellationToken));
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, time, CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
            {
                return;
            }
        }
    }

    private async ValueTask KeepAsync(Socket connection)
    {
        // What ended by itself is not kept.
        _open.RemoveWhere(open => open.SafeHandle.IsClosed);
        if (_open.Count >= connectionsMax)
        {
            connection.Dispose();
            return;
        }

        _open.Add(connection);
        await taken(connection);
    }
}
