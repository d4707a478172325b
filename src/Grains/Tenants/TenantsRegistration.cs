using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Tenants;

/// <summary>Registers tenants.</summary>
public static class TenantsRegistration
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSection<TenantOptions>("Smcp:Tenants");
        services.AddSection<TierOptions>("Smcp:Tiers");
        services.AddAccess();
        services.TryAddSingleton<TierQuotas>();
        return services
            .AddGrain<ITenantGrain, TenantGrain>()
            .AddGrain<ITenantDirectoryGrain, TenantDirectoryGrain>();
    }
}
