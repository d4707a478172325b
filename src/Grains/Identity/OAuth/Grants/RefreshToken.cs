using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// A refresh token: <c>smcpr.tenant.grant.content</c>, its content the base64url of generation (4 bytes, big-endian),
/// secret (32) and tag (16). The tag is HMAC-SHA256 of what is before it, cut to 128 bits.
/// </summary>
internal sealed record RefreshToken(int Generation, ReadOnlyMemory<byte> Secret)
{
    private const int SecretBytes = 32;
    private const int TagBytes = 16;
    private const int TaggedBytes = sizeof(int) + SecretBytes;

    public static RefreshToken First() => new(1, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The token that follows this one by that salt: always the same.</summary>
    public RefreshToken Next(ReadOnlyMemory<byte> salt) =>
        new(Generation + 1, HMACSHA256.HashData(salt.Span, Secret.Span));

    public string Write(GrantKey key, ReadOnlyMemory<byte> tagKey)
    {
        Span<byte> content = stackalloc byte[TaggedBytes + TagBytes];
        WriteTagged(content, tagKey.Span);
        return $"{GrantSecrets.Refresh}.{key.Tenant}.{key.Grant}.{Base64Url.EncodeToString(content)}";
    }

    /// <summary>The token of that text, if the grant of the tag key gave it out once; else null.</summary>
    public static RefreshToken? Read(string text, ReadOnlyMemory<byte> tagKey)
    {
        var encoded = text.AsSpan(text.LastIndexOf('.') + 1);
        Span<byte> content = stackalloc byte[TaggedBytes + TagBytes];
        if (!Base64Url.IsValid(encoded, out var length) || length != content.Length
            || !Base64Url.TryDecodeFromChars(encoded, content, out _))
        {
            return null;
        }

        var token = new RefreshToken(
            BinaryPrimitives.ReadInt32BigEndian(content), content[sizeof(int)..TaggedBytes].ToArray());
        Span<byte> expected = stackalloc byte[TaggedBytes + TagBytes];
        token.WriteTagged(expected, tagKey.Span);
        return CryptographicOperations.FixedTimeEquals(content, expected) ? token : null;
    }

    private void WriteTagged(Span<byte> content, ReadOnlySpan<byte> tagKey)
    {
        BinaryPrimitives.WriteInt32BigEndian(content, Generation);
        Secret.Span.CopyTo(content[sizeof(int)..]);
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(tagKey, content[..TaggedBytes], tag);
        tag[..TagBytes].CopyTo(content[TaggedBytes..]);
    }
}
