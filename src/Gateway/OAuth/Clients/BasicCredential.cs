using System.Text;

namespace Smcp.OAuth.Clients;

/// <summary>Reads <c>Authorization: Basic</c> (RFC 6749 section 2.3.1): both parts are form-encoded within.</summary>
internal static class BasicCredential
{
    private const string Scheme = "Basic ";
    private const int LengthMax = 4096;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static bool IsBasic(string header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The id and the secret; null if the header is malformed.</summary>
    public static (string Id, string Secret)? Read(string header)
    {
        try
        {
            if (header.Length > LengthMax)
            {
                return null;
            }

            var text = Strict.GetString(Convert.FromBase64String(header[Scheme.Length..].Trim()));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && Decode(text[..colon]) is { } id && Decode(text[(colon + 1)..]) is { } secret
                ? (id, secret)
                : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Strict: a percent sign that begins no two hexadecimal digits is an error, not a percent sign.</summary>
    private static string? Decode(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0;
            at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return null;
            }
        }

        return Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
