using System.Globalization;
using System.Text.Json;

namespace Smcp.Protocol;

/// <summary>Raw JSON string tokens, quotes included.</summary>
public static class JsonText
{
    /// <summary>
    /// Whether the raw token is a JSON string that stands for <paramref name="text"/>. Allocates nothing.
    /// </summary>
    public static bool Equals(ReadOnlySpan<byte> token, ReadOnlySpan<char> text)
    {
        if (!IsString(token))
        {
            return false;
        }

        var reader = new Utf8JsonReader(token);
        return reader.Read() && reader.ValueTextEquals(text);
    }

    /// <summary>Whether the raw value is a JSON string.</summary>
    public static bool IsString(ReadOnlySpan<byte> token) => token.Length >= 2 && token[0] == (byte)'"';

    /// <summary>The text that a raw token stands for; null if it is no string.</summary>
    public static string? Unescape(ReadOnlySpan<byte> token)
    {
        if (!IsString(token))
        {
            return null;
        }

        var reader = new Utf8JsonReader(token);
        return reader.Read() ? reader.GetString() : null;
    }

    /// <summary>
    /// Whether an escaped JSON text, or a whole document, holds half of a surrogate pair, which no UTF-8 can say
    /// (RFC 8259 section 8.2); so does an escape that is none.
    /// </summary>
    internal static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var highPending = false;
        while (escaped.Length > 0)
        {
            var slash = escaped.IndexOf((byte)'\\');
            if (highPending && slash != 0)
            {
                return true;
            }

            if (slash < 0 || slash + 1 >= escaped.Length)
            {
                return false;
            }

            var isUnit = escaped[slash + 1] == (byte)'u';
            var unit = 0;
            if (isUnit && (slash + 6 > escaped.Length || !int.TryParse(
                escaped.Slice(slash + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out unit)))
            {
                return true;
            }

            if (highPending != char.IsLowSurrogate((char)unit))
            {
                return true;
            }

            highPending = char.IsHighSurrogate((char)unit);
            escaped = escaped[(slash + (isUnit ? 6 : 2))..];
        }

        return highPending;
    }
}
