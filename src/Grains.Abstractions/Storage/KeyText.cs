using System.Text;

namespace Smcp.Storage;

/// <summary>
/// What may be a key. A NUL would end the text for some stores, and a lone surrogate would become U+FFFD: either way
/// two keys could meet in one row.
/// </summary>
public static class KeyText
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text is no key, or is longer.</exception>
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
