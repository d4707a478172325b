using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>The connections of all sockets on which workers reach their bindings, each with its target.</summary>
internal sealed class BindingListener(int connectionsMax, TimeProvider time)
    : IConnectionListenerFactory, IConnectionListener
{
    /// <summary>Connections that wait to be taken; the kernel keeps the others waiting.</summary>
    private const int WaitingMax = 64;

    private readonly SocketConnectionContextFactory _connections = new(
        new SocketConnectionFactoryOptions(), NullLogger.Instance);

    private readonly Channel<ConnectionContext> _accepted = Channel.CreateBounded<ConnectionContext>(WaitingMax);

    /// <summary>The server is told of an address that it never binds.</summary>
    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 0);

    public IAsyncDisposable Add(Socket socket, BindingTarget target)
    {
        var accepting = new BindingSocket(socket, connectionsMax, time, connection => TakeAsync(connection, target));
        accepting.Begin();
        return accepting;
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _accepted.Reader.WaitToReadAsync(cancellationToken) && _accepted.Reader.TryRead(out var connection)
            ? connection
            : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _accepted.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _accepted.Writer.TryComplete();
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private ValueTask TakeAsync(Socket connection, BindingTarget target)
    {
        var context = _connections.Create(connection);
        context.Features.Set(target);
        return _accepted.Writer.WriteAsync(context);
    }
}
