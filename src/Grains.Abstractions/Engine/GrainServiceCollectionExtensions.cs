using Microsoft.Extensions.DependencyInjection;

namespace Smcp.Engine;

/// <summary>Registers grains, whatever the engine.</summary>
public static class GrainServiceCollectionExtensions
{
    /// <summary>
    /// <typeparamref name="TGrain"/> serves <typeparamref name="TInterface"/>. Its constructor takes the
    /// <see cref="IActivationContext"/>, and services.
    /// </summary>
    public static IServiceCollection AddGrain<TInterface, TGrain>(this IServiceCollection services)
        where TInterface : class
        where TGrain : class, TInterface
    {
        var create = ActivatorUtilities.CreateFactory<TGrain>([typeof(IActivationContext)]);
        return services.AddSingleton(new GrainRegistration(
            typeof(TInterface), (provider, context) => create(provider, [context])));
    }
}
