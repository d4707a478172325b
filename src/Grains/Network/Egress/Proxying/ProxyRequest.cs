using System.Text;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// The head of a request to a proxy (RFC 9110, 9112): CONNECT, or the absolute form of http. What is forwarded of the
/// latter is for the host that was checked, and asks for no second request.
/// </summary>
/// <param name="Place">Where it is to go.</param>
/// <param name="Forward">What that place is sent first; empty for a tunnel.</param>
internal sealed record ProxyRequest(EgressPlace Place, ReadOnlyMemory<byte> Forward)
{
    private const string Scheme = "http://";
    private const int HttpPort = 80;

    /// <summary>Said to the proxy, or between two neighbours; and the host, which is the address's.</summary>
    private static readonly string[] NotForwarded =
    [
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE",
        "Upgrade",
    ];

    public bool IsTunnel => Forward.IsEmpty;

    /// <param name="head">Up to its last line end, the empty line not included.</param>
    /// <returns>The request; null where it is none that a proxy takes.</returns>
    public static ProxyRequest? Parse(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n");
        if (lines.Any(line => line.AsSpan().ContainsAny('\r', '\n', '\0'))
            || lines[0].Split(' ') is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"])
        {
            return null;
        }

        return method == "CONNECT"
            ? EgressPlace.Parse(target) is { } tunnel ? new ProxyRequest(tunnel, default) : null
            : OfAddress(method, target, lines.AsSpan(1));
    }

    private static ProxyRequest? OfAddress(string method, string target, ReadOnlySpan<string> headers)
    {
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = target[Scheme.Length..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        var path = end < 0 ? "/" : rest[end] == '/' ? rest[end..] : "/" + rest[end..];
        var place = authority.Contains(':', StringComparison.Ordinal)
            ? EgressPlace.Parse(authority)
            : EgressPlace.Of(authority, HttpPort);
        if (place is not { } found)
        {
            return null;
        }

        var forward = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || header.AsSpan(0, colon).ContainsAny(' ', '\t'))
            {
                return null;
            }

            if (!NotForwarded.Contains(header[..colon], StringComparer.OrdinalIgnoreCase))
            {
                forward.Append(header).Append("\r\n");
            }
        }

        return new ProxyRequest(found, Encoding.Latin1.GetBytes(forward.Append("\r\n").ToString()));
    }
}
