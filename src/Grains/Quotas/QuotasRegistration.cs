using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Quotas.Cpu;
using Smcp.Security.Access;

namespace Smcp.Quotas;

public static class QuotasRegistration
{
    /// <summary>Adds what shares limits out among gateways, and sums what they sent.</summary>
    public static IServiceCollection AddQuotas(this IServiceCollection services)
    {
        services.AddSection<QuotaOptions>("Smcp:Quotas");
        return services
            .AddAccess()
            .AddGrain<IQuotaGrain, QuotaGrain>()
            .AddGrain<IEgressGrain, EgressGrain>()
            .AddGrain<ICpuGrain, CpuGrain>();
    }
}
