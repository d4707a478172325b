using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Quotas.Cpu;
using Smcp.Runtimes.Jails.Metering;

namespace Smcp.Runtimes.Jails;

/// <summary>Registers jails, for the runtimes that need them. Nothing starts before the first is wanted.</summary>
internal static class JailsRegistration
{
    public static IServiceCollection AddJails(this IServiceCollection services)
    {
        services.AddSection<JailOptions>("Smcp:Jails");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JailOptions>, JailOptionsCheck>());
        services.TryAddSingleton<JailFolder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJailableFolders, JailFolder>(
            provider => provider.GetRequiredService<JailFolder>()));
        services.TryAddSingleton<JailerProcess>();
        services.TryAddSingleton<JailShares>();
        services.TryAddSingleton<JailerJails>();
        services.TryAddSingleton<IBlankJails>(provider => provider.GetRequiredService<JailerJails>());
        services.AddSection<CpuOptions>("Smcp:Cpu");
        services.TryAddSingleton<CpuQuota>();
        services.TryAddSingleton<JailMeter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JailMeter>(
            provider => provider.GetRequiredService<JailMeter>()));
        services.TryAddSingleton<IJails>(provider => new MeteredJails(
            provider.GetRequiredService<JailerJails>(),
            provider.GetRequiredService<JailMeter>(),
            provider.GetRequiredService<CpuQuota>()));
        return services;
    }
}
