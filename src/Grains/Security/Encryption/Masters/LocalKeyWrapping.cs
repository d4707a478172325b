using System.Security.Cryptography;
using System.Text;

namespace Smcp.Security.Encryption.Masters;

/// <summary>
/// Wraps in this process: AES-256-GCM under a key that HKDF derives from the master key. The text is nonce, tag and
/// ciphertext.
/// </summary>
internal sealed class LocalKeyWrapping(IMasterKeys source) : IKeyWrapping
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private IReadOnlyList<MasterKey> _keys = [];

    public ValueTask OpenAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        _keys = source.Load();
        if (_keys.Count == 0 && mayCreate)
        {
            Add(1);
        }

        return _keys.Count > 0
            ? ValueTask.CompletedTask
            : throw new EncryptionStartException(
                $"The store is encrypted, and its master key is not at {source.Place}. "
                    + "Put it there, then start again.");
    }

    public ValueTask<int> CurrentAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_keys[0].Version);

    public ValueTask<int> AdvanceAsync(CancellationToken cancellationToken)
    {
        _keys = source.Load();
        Add(_keys[0].Version + 1);
        return CurrentAsync(cancellationToken);
    }

    public ValueTask<WrappedKey> WrapAsync(
        ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken)
    {
        var master = _keys[0];
        var text = new byte[NonceBytes + TagBytes + key.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceBytes));
        using var aes = Cipher(master);
        aes.Encrypt(
            text.AsSpan(0, NonceBytes),
            key.Span,
            text.AsSpan(NonceBytes + TagBytes),
            text.AsSpan(NonceBytes, TagBytes),
            context.Span);
        return ValueTask.FromResult(new WrappedKey(master.Version, text));
    }

    public ValueTask<byte[]?> UnwrapAsync(
        WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Unwrap(wrapped, context.Span));

    private byte[]? Unwrap(WrappedKey wrapped, ReadOnlySpan<byte> context)
    {
        var master = Find(wrapped.Version);
        var text = wrapped.Text.Span;
        if (master is null || text.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var key = new byte[text.Length - NonceBytes - TagBytes];
        using var aes = Cipher(master);
        try
        {
            aes.Decrypt(
                text[..NonceBytes],
                text[(NonceBytes + TagBytes)..],
                text.Slice(NonceBytes, TagBytes),
                key,
                context);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Another node may have added a version since the source was read.</summary>
    private MasterKey? Find(int version)
    {
        if (_keys.All(key => key.Version != version))
        {
            var found = source.Load();
            _keys = found.Count > 0 ? found : _keys;
        }

        return _keys.FirstOrDefault(key => key.Version == version);
    }

    private void Add(int version)
    {
        source.Add(new MasterKey(version, RandomNumberGenerator.GetBytes(MasterKey.KeyBytes)));
        _keys = source.Load();
    }

    private static AesGcm Cipher(MasterKey master)
    {
        Span<byte> derived = stackalloc byte[MasterKey.KeyBytes];
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, master.Key.Span, derived, salt: [], Encoding.UTF8.GetBytes("smcp wrapping 1"));
        return new AesGcm(derived, TagBytes);
    }
}
