using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Runtimes.CSharp;

/// <summary>A filter that marks what went through it.</summary>
internal sealed class ProbeStartup : IServerStartup
{
    public void ConfigureServer(McpServerOptions options) => options.Filters.Request.CallToolFilters.Add(
        next => async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            result.Content.Add(new TextContentBlock { Text = $"filtered {request.Params.Name}" });
            return result;
        });
}
