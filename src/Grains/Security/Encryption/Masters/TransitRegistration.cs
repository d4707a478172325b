using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smcp.Configuration;

namespace Smcp.Security.Encryption.Masters;

internal static class TransitRegistration
{
    /// <summary>Adds what wraps data keys: a key vault where one is configured, otherwise this process.</summary>
    public static IServiceCollection AddKeyWrapping(this IServiceCollection services)
    {
        services.AddSection<TransitOptions>("Smcp:Encryption:Transit");
        services.TryAddSingleton<IKeyWrapping>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TransitOptions>>();
            return options.Value.Address is null
                ? new LocalKeyWrapping(provider.GetRequiredService<IMasterKeys>())
                : new TransitKeyWrapping(Client(options.Value), options);
        });
        return services;
    }

    /// <summary>A vault is called by name, and never redirects; no proxy hears of keys.</summary>
    private static HttpClient Client(TransitOptions options) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = 1 << 20,
        };
}
