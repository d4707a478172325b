using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Connections;
using Smcp.Data;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Encryption;
using Smcp.Security.Secrets;
using Smcp.Servers.Deploying;
using Smcp.Servers.Deploying.Importing;
using Smcp.Servers.Health;
using Smcp.Tasks;
using Smcp.Usage;

namespace Smcp.Servers;

public static class ServersRegistration
{
    /// <summary>
    /// Adds servers and their instances. Their runtimes, and the catalog, are added by who brings them.
    /// </summary>
    public static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.AddSection<InstanceOptions>("Smcp:Instances");
        services.AddSection<HealthOptions>("Smcp:Health");
        services.AddSingleton<HealthParts>();
        services.AddSingleton<InstanceData>();
        services.AddSingleton<RuntimeKinds>();
        services.AddSingleton<InstanceDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<InstanceDrain>());
        return services
            .AddEncryption()
            .AddIdentity()
            .AddUsage()
            .AddSecrets()
            .AddServerData()
            .AddDeploying()
            .AddServerConnections()
            .AddSingleton<InstanceSecurity>()
            .AddTasks()
            .AddGrain<IServerGrain, ServerGrain>()
            .AddGrain<IServerListGrain, ServerListGrain>()
            .AddGrain<IServerImportGrain, ServerImportGrain>()
            .AddGrain<IServerLogGrain, ServerLogGrain>()
            .AddGrain<IInstanceGrain, InstanceGrain>();
    }
}
