using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Smcp.Protocol;

/// <summary>
/// The values of <c>Mcp-Name</c> and <c>Mcp-Param-*</c> (2026-07-28 streamable-http, "Value Encoding"): visible ASCII
/// as it
/// stands, or <c>=?base64?...?=</c> around the base64 of UTF-8.
/// </summary>
public static class McpHeaderValue
{
    private const string Prefix = "=?base64?";
    private const string Suffix = "?=";

    /// <summary>
    /// The text that a header value stands for, without the white space around it (RFC 9110 section 5.5); false for
    /// characters that no value may have, and for a sentinel around what is not the base64 of UTF-8.
    /// </summary>
    public static bool TryDecode(string? raw, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (raw is null)
        {
            return false;
        }

        var trimmed = raw.AsSpan().Trim(" \t");
        if (trimmed.ContainsAnyExceptInRange(' ', '~') && !OnlyTabsBeside(trimmed))
        {
            return false;
        }

        if (!IsSentinel(trimmed))
        {
            text = trimmed.Length == raw.Length ? raw : trimmed.ToString();
            return true;
        }

        return TryDecodeBase64(trimmed[Prefix.Length..^Suffix.Length], out text);
    }

    /// <summary>The header value that stands for a text: as it is where that can be, else in the sentinel.</summary>
    public static string Encode(string text)
    {
        var plain = text.Length > 0 && text[0] != ' ' && text[^1] != ' '
            && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !IsSentinel(text);
        return plain ? text : $"{Prefix}{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}{Suffix}";
    }

    private static bool IsSentinel(ReadOnlySpan<char> value) =>
        value.Length >= Prefix.Length + Suffix.Length
        && value.StartsWith(Prefix, StringComparison.Ordinal)
        && value.EndsWith(Suffix, StringComparison.Ordinal);

    private static bool OnlyTabsBeside(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (c is not ('\t' or (>= ' ' and <= '~')))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDecodeBase64(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? text)
    {
        text = null;
        // Base64.IsValid passes over white space, which RFC 4648 section 3.3 forbids here.
        if (encoded.ContainsAny(' ', '\t') || !Base64.IsValid(encoded, out var length))
        {
            return false;
        }

        var bytes = new byte[length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written) || !Utf8.IsValid(bytes.AsSpan(0, written)))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(bytes, 0, written);
        return true;
    }
}
