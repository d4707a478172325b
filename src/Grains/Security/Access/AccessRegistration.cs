using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Security.Audit;

namespace Smcp.Security.Access;

/// <summary>Registers who decides what may be done.</summary>
internal static class AccessRegistration
{
    /// <summary>Adds <see cref="Authorizer"/>, once however often it is called.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddAuditTrail();
        services.TryAddSingleton<AccessAudit>();
        services.TryAddSingleton<Authorizer>();
        return services;
    }
}
