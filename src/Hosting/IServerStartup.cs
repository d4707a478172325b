using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Smcp.Hosting;

/// <summary>
/// Registers what a server needs, once, before its first instance. Named by <see cref="McpServerAttribute.Startup"/>.
/// </summary>
public interface IServerStartup
{
    /// <summary>
    /// Adds services. A singleton is shared by all instances of the server; a scoped service lives as long as one
    /// instance.
    /// </summary>
    void ConfigureServices(IServiceCollection services)
    {
    }

    /// <summary>
    /// Adds request filters, handlers, and tools, prompts or resources that are not written as attributed methods.
    /// Message filters, alternate tool handlers and a listen handler belong to the host and are refused.
    /// </summary>
    void ConfigureServer(McpServerOptions options)
    {
    }
}
