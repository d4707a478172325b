using System.Text;

namespace Smcp.Storage;

/// <summary>
/// What may be a key. A NUL would end the text for SQLite, and a lone surrogate would become U+FFFD: either way two
/// keys could meet in one row.
/// </summary>
internal static class KeyText
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static void Require(string text, int bytesMax)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0'))
        {
            throw new ArgumentException("A key must not contain NUL.");
        }

        // Throws for a lone surrogate: an ArgumentException too.
        if (Utf8.GetByteCount(text) > bytesMax)
        {
            throw new ArgumentException($"A key of more than {bytesMax} bytes.");
        }
    }
}
