using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Smcp.Network;

/// <summary>
/// Which pages may call: those of our own origins, those configured, and on loopback those of loopback.
/// </summary>
internal sealed class OriginPolicy
{
    private readonly HashSet<string> _configured;

    public OriginPolicy(IOptions<GatewayOptions> gateway, IOptions<NetworkOptions> network)
    {
        _configured = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var url in gateway.Value.PublicUrls.Concat(network.Value.AllowedOrigins))
        {
            _configured.Add(new Uri(url).GetLeftPart(UriPartial.Authority));
        }
    }

    public bool Allows(string origin, HttpContext context)
    {
        if (_configured.Contains(origin))
        {
            return true;
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return IsOwn(origin, context.Request) || (IsLocal(context) && HostAllowList.IsLoopback(uri.IdnHost));
    }

    /// <summary>
    /// Whether a request for a page that people see comes from such a page itself: no other origin may send their
    /// forms, and CORS is not for them (RFC 9700 section 2.6). A page that keeps its address from others names its
    /// origin as null, and then the browser says in Sec-Fetch-Site whose it is; one too old for that leaves it to the
    /// form's token.
    /// </summary>
    public static bool IsOwnPage(HttpRequest request) =>
        !CorsHeaders.IsPreflight(request)
        && request.Headers.Origin is [var origin]
        && (origin == "null"
            ? request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"]
            : IsOwn(origin!, request));

    /// <summary>The page came from us: its origin is the host that was asked, which was checked before.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private static bool IsLocal(HttpContext context) =>
        context.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address)
        && HostAllowList.IsLoopback(context.Request.Host.Host.Trim('[', ']'));
}
