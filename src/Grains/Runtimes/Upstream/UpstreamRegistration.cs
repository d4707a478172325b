using Microsoft.Extensions.DependencyInjection;
using Smcp.Configuration;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Upstream;

/// <summary>Registers what runtimes of servers that are not ours have in common.</summary>
internal static class UpstreamRegistration
{
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.AddSection<UpstreamRuntimeOptions>("Smcp:Upstream");
        services.AddSection<HttpLinkOptions>("Smcp:Upstream:Http");
        return services;
    }
}
