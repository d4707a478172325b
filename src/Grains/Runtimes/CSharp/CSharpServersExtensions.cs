using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

/// <summary>Registers the C# runtime and the servers that it runs.</summary>
public static class CSharpServersExtensions
{
    /// <summary>
    /// Serves the <c>[McpServer]</c> classes of these assemblies, and of the files that
    /// <see cref="CSharpRuntimeOptions"/> names.
    /// </summary>
    public static IServiceCollection AddCSharpServers(
        this IServiceCollection services, params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            services.AddSingleton(new CSharpServerAssembly(assembly));
        }

        services.AddSection<CSharpRuntimeOptions>("Smcp:CSharp");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CSharpServerCatalog>();
        services.TryAddSingleton<IServerCatalog>(provider => provider.GetRequiredService<CSharpServerCatalog>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServerRuntimeFactory, CSharpRuntimeFactory>());
        services.AddHostedService<CSharpServerWarmup>();
        return services;
    }
}
