using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Connections;
using Smcp.Network.Egress;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// Starts nothing: a server elsewhere runs already. It is reached as all other systems are, so at public addresses
/// only.
/// </summary>
internal sealed class RemoteRuntimeFactory(
    EgressHttp egress,
    ConnectionAccess access,
    IOptions<UpstreamRuntimeOptions> upstream,
    IOptions<HttpLinkOptions> http,
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
            new ResilientHandler(egress.CreateHandler(), name, remote.Value, time, _logger));
        try
        {
            var terms = new RemoteTerms(events, upstream.Value, http.Value, access, time, _logger);
            return new(RemoteRuntime.Create(start, remote.Value, invoker, terms));
        }
        catch
        {
            invoker.Dispose();
            throw;
        }
    }
}
