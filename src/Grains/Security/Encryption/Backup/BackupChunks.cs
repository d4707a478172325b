using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// The sealed body of a backup: chunks of 1 MiB under AES-256-GCM, each bound to the header, to its number, and to
/// whether it is the last. So nothing can be changed, left out, moved, cut off or put behind.
/// </summary>
internal static class BackupChunks
{
    public const int ChunkBytes = 1 << 20;
    public const int TagBytes = 16;

    private const int NonceBytes = 12;

    public static async ValueTask SealAsync(
        Stream from, Stream to, byte[] key, byte[] bound, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(key, TagBytes);
        var plain = new byte[ChunkBytes];
        var chunk = new byte[ChunkBytes + TagBytes];
        for (var number = 0L; ; number++)
        {
            var length = await from.ReadAtLeastAsync(plain, ChunkBytes, throwOnEndOfStream: false, cancellationToken);
            var isLast = length < ChunkBytes;
            aes.Encrypt(
                Nonce(number, isLast),
                plain.AsSpan(0, length),
                chunk.AsSpan(0, length),
                chunk.AsSpan(length, TagBytes),
                bound);
            await to.WriteAsync(chunk.AsMemory(0, length + TagBytes), cancellationToken);
            if (isLast)
            {
                return;
            }
        }
    }

    /// <exception cref="BackupException">It is not what was sealed.</exception>
    public static async ValueTask OpenAsync(
        Stream from, Stream to, byte[] key, byte[] bound, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(key, TagBytes);
        var chunk = new byte[ChunkBytes + TagBytes];
        var plain = new byte[ChunkBytes];
        for (var number = 0L; ; number++)
        {
            var read = await from.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken);
            var isLast = read < chunk.Length;
            var length = read - TagBytes;
            if (length < 0)
            {
                throw new BackupException("The backup is cut short. Take another one.");
            }

            try
            {
                aes.Decrypt(
                    Nonce(number, isLast),
                    chunk.AsSpan(0, length),
                    chunk.AsSpan(length, TagBytes),
                    plain.AsSpan(0, length),
                    bound);
            }
            catch (AuthenticationTagMismatchException exception)
            {
                throw new BackupException(
                    "The backup is damaged, cut short, or was changed since it was made. Take another one.", exception);
            }

            await to.WriteAsync(plain.AsMemory(0, length), cancellationToken);
            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>A key seals one file, so a chunk's number is a nonce that never repeats.</summary>
    private static byte[] Nonce(long number, bool isLast)
    {
        var nonce = new byte[NonceBytes];
        nonce[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(NonceBytes - sizeof(long)), number);
        return nonce;
    }
}
