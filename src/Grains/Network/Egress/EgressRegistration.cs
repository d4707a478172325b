using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Network.Egress.Proxying;

namespace Smcp.Network.Egress;

/// <summary>Registers how we ask other systems.</summary>
internal static class EgressRegistration
{
    public static IServiceCollection AddEgress(this IServiceCollection services)
    {
        services.AddSection<EgressOptions>("Smcp:Egress");
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        services.TryAddSingleton<EgressGuard>();
        services.TryAddSingleton<EgressHttp>();
        services.AddSection<EgressProxyOptions>("Smcp:EgressProxy");
        services.TryAddSingleton<EgressMeter>();
        services.TryAddSingleton<EgressProxies>();
        services.TryAddSingleton<ServerHttp>();
        return services;
    }
}
