using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Network.Addresses;

namespace Smcp.Network.Forwarding;

/// <summary>
/// Finds the client behind known proxies, and gives the request its <see cref="ClientAddress"/>, scheme and host.
/// Behind it no such header is left, for nobody to believe what nobody vouched for.
/// </summary>
internal sealed class ForwardingGuard(IOptions<ForwardingOptions> options) : INetworkGuard
{
    private static readonly NetworkRefusal Malformed = new(
        StatusCodes.Status400BadRequest, "forwarded", "A proxy forwarded this request without saying for whom.");

    private readonly AddressSet _known = AddressSet.Parse(options.Value.KnownProxies, new List<string>());

    public NetworkRefusal? Check(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress is { } remote ? AddressText.Normalise(remote) : IPAddress.None;
        var refusal = _known.Contains(peer) ? Follow(context, peer) : Attach(context, peer, peer);
        var headers = context.Request.Headers;
        headers.Remove(XForwardedHeaders.For);
        headers.Remove(XForwardedHeaders.Proto);
        headers.Remove(XForwardedHeaders.Host);
        headers.Remove(ForwardedHeader.Name);
        return refusal;
    }

    private NetworkRefusal? Follow(HttpContext context, IPAddress peer)
    {
        var limits = options.Value;
        var hops = limits.Header == ForwardedHeaderKind.Forwarded
            ? ForwardedHeader.Read(context.Request.Headers[ForwardedHeader.Name])
            : XForwardedHeaders.Read(context.Request.Headers, limits.HopsMax);
        if (hops is null || ForwardedChain.Walk(peer, hops, _known, limits.HopsMax) is not { } end)
        {
            return Malformed;
        }

        return TakeScheme(context.Request, end.Hop.Proto)
            && (!limits.TakeHost || TakeHost(context.Request, end.Hop.Host))
            ? Attach(context, end.Address, peer)
            : Malformed;
    }

    private static NetworkRefusal? Attach(HttpContext context, IPAddress address, IPAddress peer)
    {
        context.Features.Set(new ClientAddress(address, peer));
        return null;
    }

    private static bool TakeScheme(HttpRequest request, string? proto)
    {
        if (proto is null)
        {
            return true;
        }

        var scheme = string.Equals(proto, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttps
            : string.Equals(proto, Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttp
            : null;
        request.Scheme = scheme ?? request.Scheme;
        return scheme is not null;
    }

    /// <summary>The host is only compared with those that are served, so it need be no more than one.</summary>
    private static bool TakeHost(HttpRequest request, string? host)
    {
        if (host is null)
        {
            return true;
        }

        request.Host = new HostString(host);
        return host.Length > 0;
    }
}
