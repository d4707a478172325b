using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Network.Egress;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Runtimes.Worker.Durable;

namespace Smcp.Runtimes.Worker;

/// <summary>Registers the runtime of servers in JavaScript.</summary>
internal static class WorkerRegistration
{
    public static IServiceCollection AddWorkers(this IServiceCollection services)
    {
        services.AddEgress();
        services.AddSection<WorkerRuntimeOptions>("Smcp:Worker");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJailableFolders, WorkerdFolder>());
        services.TryAddSingleton<BindingServer>();
        services.TryAddSingleton<DurableOwners>();
        services.TryAddSingleton<DurableStores>();
        services.TryAddSingleton<WorkerBlanks>();
        services.TryAddSingleton<WorkerStarter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServerRuntimeFactory, WorkerRuntimeFactory>());
        return services;
    }
}
