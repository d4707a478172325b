using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;

namespace Smcp.Security.Audit;

/// <summary>Registers the trail of a process.</summary>
public static class AuditTrailRegistration
{
    /// <summary>Adds <see cref="IAuditTrail"/>, once however often it is called.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(AuditTrail)))
        {
            return services;
        }

        services.AddSection<AuditTrailOptions>("Smcp:AuditTrail");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AuditTrail>();
        services.TryAddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        return services;
    }
}
