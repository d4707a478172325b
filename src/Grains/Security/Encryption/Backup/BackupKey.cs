using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption.Masters;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// The key of one backup: 256 random bits, wrapped by the master key or by a passphrase. What seals the chunks, and
/// what wraps a tenant's data keys, is derived from it.
/// </summary>
internal static class BackupKey
{
    public const int KeyBytes = 32;

    /// <summary>Characters of a passphrase.</summary>
    public const int PassphraseMin = 12;

    private const int Iterations = 600_000;
    private const int IterationsMax = 10_000_000;
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static ReadOnlyMemory<byte> Context { get; } = Encoding.UTF8.GetBytes("smcp backup key 1");

    public static byte[] Derive(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], Encoding.UTF8.GetBytes(purpose));
        return derived;
    }

    /// <summary>The header with the key wrapped in it.</summary>
    public static async ValueTask<BackupHeader> WrapAsync(
        BackupHeader header,
        ReadOnlyMemory<byte> key,
        string? passphrase,
        IKeyWrapping wrapping,
        CancellationToken cancellationToken)
    {
        if (passphrase is null)
        {
            var wrapped = await wrapping.WrapAsync(key, Context, cancellationToken);
            return header with { Master = wrapped.Version, Key = wrapped.Text };
        }

        if (passphrase.Length < PassphraseMin)
        {
            throw new BackupException($"A passphrase has {PassphraseMin} characters or more.");
        }

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return header with
        {
            Salt = salt,
            Iterations = Iterations,
            Key = Seal(Stretch(passphrase, salt, Iterations), key.Span, Context.Span),
        };
    }

    /// <exception cref="BackupException">The passphrase or the master key is not the one.</exception>
    public static async ValueTask<byte[]> UnwrapAsync(
        BackupHeader header, string? passphrase, IKeyWrapping wrapping, CancellationToken cancellationToken)
    {
        if (header.Master > 0)
        {
            await wrapping.OpenAsync(mayCreate: false, cancellationToken);
            return await wrapping.UnwrapAsync(new WrappedKey(header.Master, header.Key), Context, cancellationToken)
                ?? throw new BackupException(
                    $"The backup was sealed with another master key (version {header.Master}) than the one at hand, or "
                        + "was changed. Name the right one with --master-key.");
        }

        if (passphrase is null)
        {
            throw new BackupException("The backup is sealed with a passphrase. Name its file with --passphrase-file.");
        }

        if (header.Iterations is < 1 or > IterationsMax)
        {
            throw new BackupException("The backup's header is damaged. Take another one.");
        }

        return Open(Stretch(passphrase, header.Salt.Span, header.Iterations), header.Key.Span, Context.Span)
            ?? throw new BackupException("The passphrase is not the one of this backup, or the backup was changed.");
    }

    /// <summary>Nonce, tag and ciphertext.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> bound)
    {
        var text = new byte[NonceBytes + TagBytes + content.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            text.AsSpan(0, NonceBytes),
            content,
            text.AsSpan(NonceBytes + TagBytes),
            text.AsSpan(NonceBytes, TagBytes),
            bound);
        return text;
    }

    /// <summary>What was sealed; null where it is another key, another place, or was changed.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> bound)
    {
        if (text.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var content = new byte[text.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                text[..NonceBytes],
                text[(NonceBytes + TagBytes)..],
                text.Slice(NonceBytes, TagBytes),
                content,
                bound);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Stretch(string passphrase, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, KeyBytes);
}
