using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>Registers servers that are composed of others.</summary>
internal static class VirtualRegistration
{
    public static IServiceCollection AddVirtualServers(this IServiceCollection services)
    {
        services.AddSection<VirtualRuntimeOptions>("Smcp:Virtual");
        services.AddMovingInstances();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServerRuntimeFactory, VirtualRuntimeFactory>());
        return services;
    }
}
