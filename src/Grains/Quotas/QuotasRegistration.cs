using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Quotas;

public static class QuotasRegistration
{
    /// <summary>Adds what shares limits out among gateways.</summary>
    public static IServiceCollection AddQuotas(this IServiceCollection services)
    {
        services.AddSection<QuotaOptions>("Smcp:Quotas");
        return services.AddGrain<IQuotaGrain, QuotaGrain>();
    }
}
