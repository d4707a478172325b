using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Runtimes.Remote;

namespace Smcp.Runtimes.OpenApi;

/// <summary>Registers servers that are made of OpenAPI documents; they are asked as servers elsewhere are.</summary>
internal static class OpenApiRegistration
{
    public static IServiceCollection AddOpenApiServers(this IServiceCollection services)
    {
        services.AddSection<OpenApiRuntimeOptions>("Smcp:OpenApi");
        services.AddRemoteServers();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServerRuntimeFactory, OpenApiRuntimeFactory>());
        return services;
    }
}
