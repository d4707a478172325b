using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Smcp.Network.Addresses;

/// <summary>Addresses and networks as text, taken strictly: it means the same to every reader of it.</summary>
internal static class AddressText
{
    private const int MappedPrefix = 96;

    /// <summary>
    /// An address without port or zone. What other readers take otherwise (an octal part, a missing one) is none.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (text.ContainsAny('%', '[') || !IPAddress.TryParse(text, out address) || !IsPlain(text, address))
        {
            address = null;
            return false;
        }

        address = Normalise(address);
        return true;
    }

    /// <summary>An IPv4 address that came as IPv6 (RFC 4291 section 2.5.5.2) is the IPv4 address.</summary>
    public static IPAddress Normalise(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>
    /// An address, or a network in CIDR notation; else null, and <paramref name="problem"/> is a sentence.
    /// </summary>
    public static IPNetwork? ParseNetwork(string text, out string? problem)
    {
        problem = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
        {
            problem = $"'{Shown(text)}' is no address and no network (like 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32).";
            return null;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && !TryParsePrefix(text, slash, bits, out prefix))
        {
            problem = $"'{Shown(text)}' has no prefix length from 0 to {bits} behind its slash.";
            return null;
        }

        // The type clears such bits in silence; who wrote them may have meant another network.
        if (!IPNetwork.TryParse($"{address}/{prefix}", out var network) || !network.BaseAddress.Equals(address))
        {
            problem = $"'{Shown(text)}' has bits set beyond its prefix of {prefix}.";
            return null;
        }

        return network;
    }

    /// <summary>The prefix length; one of a mapped network counts the bits before the IPv4 address too.</summary>
    private static bool TryParsePrefix(string text, int slash, int bits, out int prefix)
    {
        var valid = int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix);
        if (valid && bits == 32 && text.Contains(':', StringComparison.Ordinal))
        {
            prefix -= MappedPrefix;
        }

        return valid && prefix >= 0 && prefix <= bits;
    }

    private static bool IsPlain(ReadOnlySpan<char> text, IPAddress address)
    {
        Span<char> plain = stackalloc char[15];
        return address.AddressFamily == AddressFamily.InterNetworkV6
            || (address.TryFormat(plain, out var length) && text.SequenceEqual(plain[..length]));
    }

    private static string Shown(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
