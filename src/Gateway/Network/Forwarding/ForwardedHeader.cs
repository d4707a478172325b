using System.Buffers;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Smcp.Network.Forwarding;

/// <summary>Reads Forwarded (RFC 7239 section 4): elements, pairs, and values that are a token or quoted.</summary>
internal static class ForwardedHeader
{
    public const string Name = "Forwarded";

    private static readonly SearchValues<char> Token = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>
    /// The hops, the nearest first; null when any of it does not fit the grammar, since then nobody can say where one
    /// proxy's words end.
    /// </summary>
    public static IReadOnlyList<ForwardedHop>? Read(StringValues lines)
    {
        var hops = new List<ForwardedHop>();
        foreach (var line in lines)
        {
            var rest = line.AsSpan();
            do
            {
                if (!TryReadElement(ref rest, out var hop))
                {
                    return null;
                }

                hops.Add(hop);
            }
            while (TryTake(ref rest, ','));

            if (!rest.IsEmpty)
            {
                return null;
            }
        }

        hops.Reverse();
        return hops;
    }

    private static bool TryReadElement(ref ReadOnlySpan<char> rest, out ForwardedHop hop)
    {
        hop = default;
        do
        {
            rest = rest.TrimStart(" \t");
            var length = LengthOfToken(rest);
            if (length == 0)
            {
                // An empty pair is allowed by the grammar: ";" and a trailing one.
                continue;
            }

            var name = rest[..length];
            rest = rest[length..];
            if (!TryTake(ref rest, '=') || !TryReadValue(ref rest, out var value) || !TrySet(ref hop, name, value))
            {
                return false;
            }

            rest = rest.TrimStart(" \t");
        }
        while (TryTake(ref rest, ';'));
        return true;
    }

    /// <summary>A parameter may be said once in an element (section 4).</summary>
    private static bool TrySet(ref ForwardedHop hop, ReadOnlySpan<char> name, string value)
    {
        if (name.Equals("for", StringComparison.OrdinalIgnoreCase))
        {
            var first = hop.For is null;
            hop = hop with { For = value };
            return first;
        }

        if (name.Equals("proto", StringComparison.OrdinalIgnoreCase))
        {
            var first = hop.Proto is null;
            hop = hop with { Proto = value };
            return first;
        }

        if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            var first = hop.Host is null;
            hop = hop with { Host = value };
            return first;
        }

        return true;
    }

    private static bool TryReadValue(ref ReadOnlySpan<char> rest, out string value)
    {
        if (!TryTake(ref rest, '"'))
        {
            var length = LengthOfToken(rest);
            value = rest[..length].ToString();
            rest = rest[length..];
            return length > 0;
        }

        var quoted = new StringBuilder();
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                value = quoted.ToString();
                return true;
            }

            i += rest[i] == '\\' && i + 1 < rest.Length ? 1 : 0;
            quoted.Append(rest[i]);
        }

        value = string.Empty;
        return false;
    }

    private static int LengthOfToken(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Token) is >= 0 and var end ? end : text.Length;

    private static bool TryTake(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }
}
