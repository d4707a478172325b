using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// One HTTP server for the bindings of all workers of this process, and for what they ask of the network. Whose a
/// connection is, the socket says on which it came in: nothing that a worker sends could name another's
/// (docs/decisions/0082).
/// </summary>
internal sealed class BindingServer : IAsyncDisposable
{
    private const int HeadersMax = 128;

    private readonly BindingListener _listener;
    private readonly KestrelServer _server;

    /// <summary>Nothing runs before the first worker that needs it.</summary>
    private readonly Lazy<Task> _started;

    public BindingServer(IOptions<WorkerRuntimeOptions> options, TimeProvider time, ILoggerFactory loggerFactory)
    {
        _listener = new BindingListener(options.Value.BindingConnectionsMax, time);
        var application = new BindingApplication(loggerFactory.CreateLogger<BindingServer>());
        var limits = new KestrelServerOptions { AddServerHeader = false };
        limits.Limits.MaxRequestBodySize = null;
        limits.Limits.MinRequestBodyDataRate = null;
        limits.Limits.MinResponseDataRate = null;
        limits.Limits.MaxRequestLineSize = 32 * 1024;
        limits.Limits.MaxRequestHeadersTotalSize = options.Value.BindingHeaderBytesMax;
        limits.Limits.MaxRequestHeaderCount = HeadersMax;
        limits.RequestHeaderEncodingSelector = _ => Encoding.UTF8;
        limits.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        // The URL says where to, whatever a worker writes beside it.
        limits.AllowHostHeaderOverride = true;
        limits.Listen(_listener.EndPoint, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        // A worker that sends what is no HTTP is its tenant's affair, and would fill our log.
        _server = new KestrelServer(Options.Create(limits), _listener, NullLoggerFactory.Instance);
        _started = new Lazy<Task>(() => _server.StartAsync(application, CancellationToken.None));
    }

    /// <summary>Serves a target on a socket that listens, until what is returned is disposed.</summary>
    public async Task<IAsyncDisposable> ServeAsync(Socket socket, BindingTarget target)
    {
        await _started.Value;
        return _listener.Add(socket, target);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            await _server.StopAsync(CancellationToken.None);
        }

        _server.Dispose();
    }
}
