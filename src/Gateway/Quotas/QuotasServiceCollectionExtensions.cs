using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;

namespace Smcp.Quotas;

internal static class QuotasServiceCollectionExtensions
{
    /// <summary>Adds the limits that a gateway holds, of its own and of tenants.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSection<LimitOptions>(LimitOptions.Section);
        services.AddHostedService<QuotaRenewal>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownEgress>());
        return services
            .AddSingleton<AddressLimits>()
            .AddSingleton<QuotaSource>()
            .AddSingleton<KnownQuotas>()
            .AddSingleton<EgressSource>()
            .AddSingleton<KnownEgress>()
            .AddSingleton<PrincipalsInFlight>()
            .AddSingleton<QuotaMeter>()
            .AddSingleton<RequestQuotas>();
    }
}
