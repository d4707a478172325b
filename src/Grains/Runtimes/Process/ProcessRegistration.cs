using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Network.Egress;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Upstream;

namespace Smcp.Runtimes.Process;

/// <summary>Registers the runtime of servers that are programs.</summary>
internal static class ProcessRegistration
{
    public static IServiceCollection AddProcessServers(this IServiceCollection services)
    {
        services.AddJails().AddEgress().AddUpstream();
        services.AddSection<ProcessRuntimeOptions>("Smcp:Process");
        services.TryAddSingleton<ProcessStarter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServerRuntimeFactory, ProcessRuntimeFactory>());
        return services;
    }
}
