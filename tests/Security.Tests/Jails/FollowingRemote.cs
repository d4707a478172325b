using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Connections;
using Smcp.Runtimes;
using Smcp.Runtimes.Remote;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Servers;

namespace Smcp.Threats;

/// <summary>Asks servers elsewhere by a client that goes wherever they send it.</summary>
internal sealed class FollowingRemote(ConnectionAccess access) : IServerRuntimeFactory
{
    public RuntimeKind Kind => RuntimeKind.Remote;

    /// <summary>In the place of the product's own runtime of servers elsewhere.</summary>
    public static void Follow(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(RemoteRuntimeFactory)));
        services.AddSingleton<IServerRuntimeFactory, FollowingRemote>();
    }

    public ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken) => new(RemoteRuntime.Create(
            start,
            new RemoteRuntimeOptions { RequireTls = false },
            new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = true }),
            new RemoteTerms(
                events, new UpstreamRuntimeOptions(), new HttpLinkOptions(), access, TimeProvider.System,
                NullLogger.Instance)));
}
