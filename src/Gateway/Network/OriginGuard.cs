using Microsoft.AspNetCore.Http;

namespace Smcp.Network;

/// <summary>Only for pages of an origin that may call; who is no page has no origin.</summary>
internal sealed class OriginGuard(OriginPolicy origins) : INetworkGuard
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

        if (origin.Count > 1 || !origins.Allows(origin[0]!, context))
        {
            return Foreign;
        }

        CorsHeaders.Allow(context, origin[0]!);
        return null;
    }
}
