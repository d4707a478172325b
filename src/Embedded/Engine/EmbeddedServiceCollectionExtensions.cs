using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine.Bells;
using Smcp.Engine.Faults;

namespace Smcp.Engine;

/// <summary>Registers the embedded engine.</summary>
public static class EmbeddedServiceCollectionExtensions
{
    /// <summary>
    /// Serves the registered grains (<see cref="GrainServiceCollectionExtensions.AddGrain"/>) in this process. The
    /// ports <see cref="Smcp.Storage.IGrainStorage"/> and <see cref="Smcp.Storage.ILogStorage"/> must be registered
    /// beside it, and for grains that set reminders <see cref="Smcp.Reminders.IReminderStore"/>.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(
        this IServiceCollection services, Action<EmbeddedOptions>? configure = null)
    {
        var options = services.AddSection<EmbeddedOptions>("Smcp:Engine");
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddOptions<EngineFaultOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IStreamHub, BellHub>();
        services.TryAddSingleton<IEngineFailures, EmbeddedFailures>();
        services.TryAddSingleton<Chaos>();
        services.TryAddSingleton<EngineServices>();
        services.TryAddSingleton<EmbeddedEngine>();
        services.TryAddSingleton<INodeActivations, NodeActivations>();
        services.TryAddSingleton<IGrainLocator>(provider =>
            new EmbeddedLocator(provider.GetRequiredService<EmbeddedEngine>(), isInner: false));
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedEngine>());
        return services;
    }
}
