using Microsoft.Extensions.DependencyInjection;
using Smcp.Hosting;
using Smcp.Samples.Everything.Resources;

namespace Smcp.Samples.Everything;

/// <summary>The services of the fixture: one of each for an instance.</summary>
internal sealed class EverythingStartup : IServerStartup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<WatchedResource>();
        services.AddScoped<StateSeal>();
    }
}
