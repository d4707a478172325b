using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Mcp.Routes;

/// <summary>
/// Reads paths. Exact: no other spelling of a path reaches a server, though Kestrel resolves dot segments and decodes
/// what is percent-encoded (all but <c>%2F</c>). So whoever stands in front and decides by path decides on what is
/// served.
/// </summary>
internal sealed class ServerRoutes(
    IGrainLocator grains, CanonicalUrls urls, IOptions<McpOptions> options)
{
    private readonly GenerationCache<string, ServerRoute> _known = new(options.Value.RoutesKeptMax);

    public bool TryMatch(HttpContext context, [NotNullWhen(true)] out ServerRoute? route) =>
        TryMatch(context.Request.Path.Value, out route)
        && PathOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            .SequenceEqual(context.Request.Path.Value);

    private bool TryMatch(string? path, [NotNullWhen(true)] out ServerRoute? route)
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

        route = new ServerRoute(tenant, server, grains, urls);
        _known.Set(path, route);
        return true;
    }

    /// <summary>The path of a target as it was sent: in origin-form, or absolute-form (RFC 9112 section 3.2).</summary>
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        const string authority = "://";
        if (!target.StartsWith('/') && target.IndexOf(authority, StringComparison.Ordinal) is var scheme and >= 0)
        {
            target = target[(scheme + authority.Length)..];
            target = target.IndexOf('/') is var path and >= 0 ? target[path..] : [];
        }

        return target.IndexOf('?') is var query and >= 0 ? target[..query] : target;
    }
}
