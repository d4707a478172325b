using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Smcp.Health;

/// <summary>Adds the health endpoints, to a gateway or to a host that serves nothing else.</summary>
public static class HealthRegistration
{
    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton<IReadiness, StoppingReadiness>();

    /// <summary>The first thing in the pipeline.</summary>
    public static IApplicationBuilder MapHealth(this IApplicationBuilder app) =>
        app.UseMiddleware<HealthEndpoint>();
}
