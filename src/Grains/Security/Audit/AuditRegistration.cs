using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Security.Access;

namespace Smcp.Security.Audit;

/// <summary>Registers audit logs.</summary>
public static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSection<AuditOptions>("Smcp:Audit");
        services.AddAccess();
        return services.AddGrain<IAuditGrain, AuditGrain>();
    }
}
