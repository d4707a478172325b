using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;

namespace Smcp.Servers;

/// <summary>Registers what waits for instances that move.</summary>
public static class MovingRegistration
{
    public static IServiceCollection AddMovingInstances(this IServiceCollection services)
    {
        services.AddSection<MovingOptions>("Smcp:Moving");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MovingInstances>();
        return services;
    }
}
