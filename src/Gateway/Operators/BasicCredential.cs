using System.Text;
using Microsoft.AspNetCore.Http;

namespace Smcp.Operators;

/// <summary>
/// The Basic scheme (RFC 7617), which is all that a browser shows by itself: its password is the credential, its user
/// says nothing.
/// </summary>
internal static class BasicCredential
{
    public const string Challenge = "Basic realm=\"Smcp\", charset=\"UTF-8\"";

    private const string Scheme = "Basic ";

    /// <summary>Puts the password in the place of it. What cannot be one is left, and refused as any other.</summary>
    public static void TakeFor(HttpRequest request, int lengthMax)
    {
        if (request.Headers.Authorization is [{ } text] && text.Length <= 2 * lengthMax
            && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && PasswordOf(text) is { } password)
        {
            request.Headers.Authorization = $"Bearer {password}";
        }
    }

    private static string? PasswordOf(string text)
    {
        var encoded = text.AsSpan(Scheme.Length).Trim(' ');
        Span<byte> bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
