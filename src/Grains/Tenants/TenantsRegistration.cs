using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Tenants;

/// <summary>Registers tenants.</summary>
public static class TenantsRegistration
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSection<TenantOptions>("Smcp:Tenants");
        return services.AddGrain<ITenantGrain, TenantGrain>();
    }
}
