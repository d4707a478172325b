using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption;

namespace Smcp.Identity;

/// <summary>
/// Digests of secrets that somebody else keeps: keys, codes, tokens, clients' secrets, browsers. They are random enough
/// to need no slow hash (256 bits): HMAC-SHA256 under a key that is not stored beside them in clear, so that a stolen
/// store is no list to try secrets against.
/// </summary>
internal sealed class SecretDigester(StoredKeyRing peppers)
{
    /// <summary>Compared with where there is nothing to compare with, so that it takes as long.</summary>
    private static readonly byte[] Nothing = new byte[HMACSHA256.HashSizeInBytes];

    public ValueTask<SecretDigest> DigestAsync(string secret, CancellationToken cancellationToken) =>
        DigestAsync(Encoding.UTF8.GetBytes(secret), cancellationToken);

    public async ValueTask<SecretDigest> DigestAsync(
        ReadOnlyMemory<byte> secret, CancellationToken cancellationToken)
    {
        var pepper = await peppers.NewestAsync(cancellationToken);
        return new SecretDigest(pepper.Id, Hash(pepper, secret));
    }

    /// <summary>Whether the secret is the one of the digest. Without a digest: false, after as much work.</summary>
    public ValueTask<bool> MatchesAsync(string secret, SecretDigest? digest, CancellationToken cancellationToken) =>
        MatchesAsync(Encoding.UTF8.GetBytes(secret), digest, cancellationToken);

    /// <inheritdoc cref="MatchesAsync(string, SecretDigest?, CancellationToken)"/>
    public async ValueTask<bool> MatchesAsync(
        ReadOnlyMemory<byte> secret, SecretDigest? digest, CancellationToken cancellationToken)
    {
        if (digest is { KeyId: null })
        {
            return CryptographicOperations.FixedTimeEquals(SHA256.HashData(secret.Span), digest.Digest.Span);
        }

        var pepper = digest?.KeyId is { } id
            ? await peppers.FindAsync(id, cancellationToken)
            : await peppers.NewestAsync(cancellationToken);
        return pepper is not null
            && CryptographicOperations.FixedTimeEquals(
                Hash(pepper, secret), digest is null ? Nothing : digest.Digest.Span)
            && digest is not null;
    }

    private static byte[] Hash(SealingKey pepper, ReadOnlyMemory<byte> secret) =>
        HMACSHA256.HashData(pepper.Key.Span, secret.Span);
}
