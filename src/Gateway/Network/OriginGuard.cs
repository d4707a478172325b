using Microsoft.AspNetCore.Http;
using Smcp.Pages;

namespace Smcp.Network;

/// <summary>Only for pages of an origin that may call; who is no page has no origin.</summary>
internal sealed class OriginGuard(OriginPolicy origins, PagePaths pages) : INetworkGuard
{
    private static readonly NetworkRefusal Foreign = new(
        StatusCodes.Status403Forbidden, "origin", "Pages of this origin may not call here.");

    public NetworkRefusal? Check(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
        {
            return null;
        }

        if (pages.Contains(context.Request.Path))
        {
            return OriginPolicy.IsOwnPage(context.Request) ? null : Foreign;
        }

        if (origin.Count > 1 || !origins.Allows(origin[0]!, context))
        {
            return Foreign;
        }

        CorsHeaders.Allow(context, origin[0]!);
        return null;
    }
}
