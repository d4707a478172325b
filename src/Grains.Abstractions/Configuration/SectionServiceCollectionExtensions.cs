using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smcp.Configuration;

/// <summary>How every part takes its options: from its section, checked when the host starts.</summary>
public static class SectionServiceCollectionExtensions
{
    /// <summary>
    /// Registers a part's options, read from <paramref name="section"/> where the host has a configuration; a test need
    /// not have one. Once, however many parts add it: binding appends to lists.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSection<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        var options = services.AddOptions<TOptions>();
        if (services.Any(service => service.ServiceType == typeof(BoundSection<TOptions>)))
        {
            return options;
        }

        services.AddSingleton<BoundSection<TOptions>>();
        return options
            .Configure<IServiceProvider>((bound, provider) =>
                provider.GetService<IConfiguration>()?.GetSection(section).Bind(bound))
            .ValidateDataAnnotations()
            .ValidateOnStart();
    }
}
