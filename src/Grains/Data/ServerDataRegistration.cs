using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Data;

/// <summary>Registers what is stored for servers.</summary>
internal static class ServerDataRegistration
{
    public static IServiceCollection AddServerData(this IServiceCollection services)
    {
        services.AddSection<ServerDataOptions>("Smcp:Data");
        services.TryAddSingleton<InstanceStates>();
        return services
            .AddGrain<IKeyValuesGrain, KeyValuesGrain>()
            .AddGrain<IObjectsGrain, ObjectsGrain>()
            .AddGrain<IServerDataGrain, ServerDataGrain>()
            .AddGrain<IStorageUsageGrain, StorageUsageGrain>();
    }
}
