using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Network.Egress;

namespace Smcp.Identity.Federation;

/// <summary>Registers log-in by tenants' own providers.</summary>
internal static class FederationRegistration
{
    public static IServiceCollection AddFederation(this IServiceCollection services)
    {
        services.AddSection<FederationOptions>("Smcp:Federation");
        services.TryAddSingleton<OidcProvider>();
        services.AddSecretDigests();
        return services
            .AddEgress()
            .AddGrain<IFederationGrain, FederationGrain>()
            .AddGrain<IFederationAttemptGrain, FederationAttemptGrain>();
    }
}
