using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Security.Encryption;

/// <summary>
/// Seals by AES-256-GCM with the purpose as associated data. The text is base64url of: format, key number, nonce,
/// tag, ciphertext.
/// </summary>
internal sealed class AesGcmSealer(StoredKeyRing keys) : ISealer
{
    private const byte Format = 1;
    private const int NonceAt = 1 + sizeof(int);
    private const int NonceBytes = 12;
    private const int TagAt = NonceAt + NonceBytes;
    private const int TagBytes = 16;
    private const int ContentAt = TagAt + TagBytes;

    public async ValueTask<string> SealAsync(
        string purpose, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var key = await keys.NewestAsync(cancellationToken);
        return Base64Url.EncodeToString(Encrypt(key, purpose, content.Span));
    }

    public async ValueTask<byte[]?> OpenAsync(string purpose, string text, CancellationToken cancellationToken)
    {
        if (Decode(text) is not { } box || await keys.FindAsync(KeyOf(box), cancellationToken) is not { } key)
        {
            return null;
        }

        return Decrypt(key, purpose, box);
    }

    private static int KeyOf(byte[] box) => BinaryPrimitives.ReadInt32BigEndian(box.AsSpan(1));

    private static byte[]? Decode(string text)
    {
        if (!Base64Url.IsValid(text, out var length) || length < ContentAt)
        {
            return null;
        }

        var box = Base64Url.DecodeFromChars(text);
        return box[0] == Format ? box : null;
    }

    private static byte[] Encrypt(SealingKey key, string purpose, ReadOnlySpan<byte> content)
    {
        var box = new byte[ContentAt + content.Length];
        box[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(1), key.Id);
        var nonce = box.AsSpan(NonceAt, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Key.Span, TagBytes);
        var bound = Encoding.UTF8.GetBytes(purpose);
        aes.Encrypt(nonce, content, box.AsSpan(ContentAt), box.AsSpan(TagAt, TagBytes), bound);
        return box;
    }

    private static byte[]? Decrypt(SealingKey key, string purpose, byte[] box)
    {
        var content = new byte[box.Length - ContentAt];
        using var aes = new AesGcm(key.Key.Span, TagBytes);
        try
        {
            aes.Decrypt(
                box.AsSpan(NonceAt, NonceBytes),
                box.AsSpan(ContentAt),
                box.AsSpan(TagAt, TagBytes),
                content,
                Encoding.UTF8.GetBytes(purpose));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
