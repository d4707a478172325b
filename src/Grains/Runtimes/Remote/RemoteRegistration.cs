using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Network.Egress;
using Smcp.Runtimes.Upstream;

namespace Smcp.Runtimes.Remote;

/// <summary>Registers the runtime of servers elsewhere.</summary>
internal static class RemoteRegistration
{
    public static IServiceCollection AddRemoteServers(this IServiceCollection services)
    {
        services.AddSection<RemoteRuntimeOptions>("Smcp:Remote");
        services.TryAddSingleton(TimeProvider.System);
        services.AddUpstream();
        services.AddEgress();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServerRuntimeFactory, RemoteRuntimeFactory>());
        return services;
    }
}
