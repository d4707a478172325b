using System.Text;

namespace Smcp.Network;

/// <summary>
/// Reads digits, and anything else as a text that is no number. Kestrel takes a sign in Content-Length and keeps the
/// number only, so its decoding is the one place where RFC 9110 section 8.6 (digits) can be held.
/// </summary>
internal sealed class DigitsEncoding : Encoding
{
    /// <summary>What Kestrel has room for; the largest length has one digit less.</summary>
    private const int CharsMax = 20;

    private const char NoNumber = 'x';

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length > CharsMax || bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            chars[0] = NoNumber;
            return 1;
        }

        return Latin1.GetChars(bytes, chars);
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => GetMaxCharCount(count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetMaxCharCount(int byteCount) => Math.Max(1, byteCount);

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => charCount;
}
