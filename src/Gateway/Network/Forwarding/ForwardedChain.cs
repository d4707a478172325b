using System.Globalization;
using System.Net;
using Smcp.Network.Addresses;

namespace Smcp.Network.Forwarding;

/// <summary>The walk from the peer towards the client, as far as each step is vouched for by a known proxy.</summary>
internal static class ForwardedChain
{
    /// <summary>
    /// The rightmost address that is no known proxy, and the hop that its proxy wrote; null when a known proxy named
    /// something that is no address. Whatever stands to the left may be written by anybody, and is not looked at.
    /// </summary>
    /// <param name="peer">The other end of the connection.</param>
    /// <param name="hops">What proxies wrote, the nearest first.</param>
    /// <param name="known">The proxies that are believed.</param>
    /// <param name="hopsMax">How many of them one behind the other.</param>
    public static (IPAddress Address, ForwardedHop Hop)? Walk(
        IPAddress peer, IReadOnlyList<ForwardedHop> hops, AddressSet known, int hopsMax)
    {
        var address = peer;
        var last = default(ForwardedHop);
        for (var i = 0; i < hops.Count && i < hopsMax && known.Contains(address); i++)
        {
            last = hops[i];
            if (last.For is null)
            {
                break;
            }

            if (!TryParseNode(last.For, out var named))
            {
                return null;
            }

            address = named;
        }

        return (address, last);
    }

    /// <summary>
    /// A node (RFC 7239 section 6) that is an address, with or without port. An <c>unknown</c> or hidden one is none:
    /// there is nothing to hold rules and limits against.
    /// </summary>
    private static bool TryParseNode(string node, out IPAddress address)
    {
        var text = node.AsSpan();
        var port = ReadOnlySpan<char>.Empty;
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            if (end < 0 || (end + 1 < text.Length && text[end + 1] != ':'))
            {
                address = IPAddress.None;
                return false;
            }

            port = end + 1 < text.Length ? text[(end + 2)..] : "0";
            text = text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            var colon = text.IndexOf(':');
            port = text[(colon + 1)..];
            text = text[..colon];
        }
        else
        {
            port = "0";
        }

        address = IPAddress.None;
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || !AddressText.TryParse(text, out var parsed))
        {
            return false;
        }

        address = parsed;
        return true;
    }
}
