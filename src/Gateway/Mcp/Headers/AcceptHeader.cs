using Microsoft.Extensions.Primitives;

namespace Smcp.Mcp.Headers;

/// <summary>Reads <c>Accept</c> (RFC 9110 section 12.5.1) without allocating.</summary>
internal static class AcceptHeader
{
    /// <summary>
    /// Whether a media type is acceptable: the most specific range that fits decides, and <c>q=0</c> refuses. No header
    /// accepts anything.
    /// </summary>
    public static bool Accepts(StringValues accept, ReadOnlySpan<char> mediaType)
    {
        if (accept.Count == 0)
        {
            return true;
        }

        var bestSpecificity = -1;
        var accepted = false;
        foreach (var line in accept)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var range = line.AsSpan()[part];
                var specificity = Specificity(range, mediaType);
                if (specificity > bestSpecificity)
                {
                    bestSpecificity = specificity;
                    accepted = !IsRefused(range);
                }
            }
        }

        return accepted;
    }

    private static int Specificity(ReadOnlySpan<char> range, ReadOnlySpan<char> mediaType)
    {
        var end = range.IndexOf(';');
        var type = (end < 0 ? range : range[..end]).Trim();
        if (type.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return 2;
        }

        if (type is "*/*")
        {
            return 0;
        }

        return type.EndsWith("/*", StringComparison.Ordinal)
            && mediaType.StartsWith(type[..^1], StringComparison.OrdinalIgnoreCase) ? 1 : -1;
    }

    private static bool IsRefused(ReadOnlySpan<char> range)
    {
        foreach (var part in range.Split(';'))
        {
            var parameter = range[part].Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                return parameter[2..].Trim("0.").IsEmpty;
            }
        }

        return false;
    }
}
