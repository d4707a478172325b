using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;

namespace Smcp.Runtimes.Jails;

/// <summary>Registers jails, for the runtimes that need them. Nothing starts before the first is wanted.</summary>
internal static class JailsRegistration
{
    public static IServiceCollection AddJails(this IServiceCollection services)
    {
        services.AddSection<JailOptions>("Smcp:Jails");
        services.TryAddSingleton<JailFolder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJailableFolders, JailFolder>(
            provider => provider.GetRequiredService<JailFolder>()));
        services.TryAddSingleton<JailerProcess>();
        services.TryAddSingleton<JailTenancy>();
        services.TryAddSingleton<JailShares>();
        services.TryAddSingleton<IJails, JailerJails>();
        return services;
    }
}
