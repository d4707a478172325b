using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Mcp.Routes;

/// <summary>Reads paths. Exact: no other spelling of a path reaches a server.</summary>
internal sealed class ServerRoutes(IGrainLocator grains, IOptions<McpOptions> options)
{
    private readonly GenerationCache<string, ServerRoute> _known = new(options.Value.RoutesKeptMax);

    public bool TryMatch(string? path, [NotNullWhen(true)] out ServerRoute? route)
    {
        route = null;
        if (path is null || _known.TryGet(path, out route))
        {
            return route is not null;
        }

        var parts = path.Split('/', 7);
        if (parts is not ["", "t", var tenantText, "s", var serverText, "mcp"]
            || !TenantId.TryParse(tenantText, null, out var tenant)
            || !ServerId.TryParse(serverText, null, out var server))
        {
            return false;
        }

        route = new ServerRoute(tenant, server, grains);
        _known.Set(path, route);
        return true;
    }
}
