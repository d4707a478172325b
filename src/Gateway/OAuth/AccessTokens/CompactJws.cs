using System.Buffers.Text;
using System.Text;

namespace Smcp.OAuth.AccessTokens;

/// <summary>The parts of a compact JWS (RFC 7515 section 3.1); nothing is verified yet.</summary>
/// <param name="Header">The protected header.</param>
/// <param name="Payload">The claims.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Input">What was signed: the first two parts as they are written.</param>
internal sealed record CompactJws(byte[] Header, byte[] Payload, byte[] Signature, byte[] Input)
{
    /// <summary>
    /// The parts, if there are exactly three and each is base64url as it is to be written: no padding, no white space,
    /// no bits left over. So there is one spelling of a token, and a change of any character changes it.
    /// </summary>
    public static CompactJws? Parse(string text)
    {
        if (text.Split('.', 4) is not [var header, var payload, var signature])
        {
            return null;
        }

        return Decode(header) is { } h && Decode(payload) is { } p && Decode(signature) is { } s
            ? new CompactJws(h, p, s, Encoding.ASCII.GetBytes(text[..(header.Length + 1 + payload.Length)]))
            : null;
    }

    private static byte[]? Decode(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
