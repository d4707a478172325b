using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Network.Egress;

namespace Smcp.Connections;

/// <summary>Registers connections to servers elsewhere.</summary>
internal static class ConnectionsRegistration
{
    public static IServiceCollection AddServerConnections(this IServiceCollection services)
    {
        services.AddSection<ConnectionOptions>("Smcp:Connections")
            .PostConfigure<IServiceProvider>((options, provider) => options.PublicUrl ??=
                provider.GetService<IConfiguration>()?["Smcp:Gateway:PublicUrls:0"]);
        services.TryAddSingleton<OAuthHttp>();
        services.TryAddSingleton<OAuthDiscovery>();
        services.TryAddSingleton<TokenEndpoint>();
        services.TryAddSingleton<Registrations>();
        services.TryAddSingleton<ConnectionAudit>();
        services.TryAddSingleton<ConnectionTools>();
        services.TryAddSingleton<ConnectionLinks>();
        services.TryAddSingleton<ConnectionAccess>();
        services.AddSecretDigests();
        return services
            .AddEgress()
            .AddGrain<IConnectionGrain, ConnectionGrain>()
            .AddGrain<IConnectionsGrain, ConnectionsGrain>();
    }
}
