using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;

namespace Smcp.Tenants;

/// <summary>Registers tenants.</summary>
public static class TenantsRegistration
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddOptions<TenantOptions>().ValidateDataAnnotations().ValidateOnStart();
        return services.AddGrain<ITenantGrain, TenantGrain>();
    }
}
