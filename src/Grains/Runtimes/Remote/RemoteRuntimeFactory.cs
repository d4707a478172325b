using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Connections;
using Smcp.Network.Egress;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// Starts nothing: a server elsewhere runs already. Its tenant says where it is, so it is reached at public addresses
/// only, and where an operator named the very place.
/// </summary>
internal sealed class RemoteRuntimeFactory(
    ServerHttp http,
    ConnectionAccess access,
    IOptions<UpstreamRuntimeOptions> upstream,
    IOptions<HttpLinkOptions> link,
    IOptions<RemoteRuntimeOptions> remote,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IServerRuntimeFactory
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<RemoteRuntimeFactory>();

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.Remote;

    /// <inheritdoc/>
    public ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var name = $"{start.Instance.Tenant}/{start.Instance.Server}";
        var invoker = new HttpMessageInvoker(
            new ResilientHandler(
                http.CreateHandler(start.Instance.Tenant, start.Instance.Server),
                name,
                remote.Value,
                time,
                _logger,
                events.Note));
        try
        {
            var terms = new RemoteTerms(events, upstream.Value, link.Value, access, time, _logger);
            return new(RemoteRuntime.Create(start, remote.Value, invoker, terms));
        }
        catch
        {
            invoker.Dispose();
            throw;
        }
    }
}
