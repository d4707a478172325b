using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption;

namespace Smcp.Identity;

/// <summary>
/// Digests of secrets that are random enough to need no slow hash (256 bits): HMAC-SHA256 under a key that is not
/// stored beside them in clear, so that a stolen store is no list to try secrets against.
/// </summary>
internal sealed class SecretDigester(StoredKeyRing peppers)
{
    /// <summary>Compared with where there is nothing to compare with, so that it takes as long.</summary>
    private static readonly byte[] Nothing = new byte[HMACSHA256.HashSizeInBytes];

    public async ValueTask<SecretDigest> DigestAsync(string secret, CancellationToken cancellationToken)
    {
        var pepper = await peppers.NewestAsync(cancellationToken);
        return new SecretDigest(pepper.Id, Hash(pepper, secret));
    }

    /// <summary>Whether the secret is the one of the digest. Without a digest: false, after as much work.</summary>
    public async ValueTask<bool> MatchesAsync(string secret, SecretDigest? digest, CancellationToken cancellationToken)
    {
        var pepper = digest is null
            ? await peppers.NewestAsync(cancellationToken)
            : await peppers.FindAsync(digest.KeyId, cancellationToken);
        return pepper is not null
            && CryptographicOperations.FixedTimeEquals(
                Hash(pepper, secret), digest is null ? Nothing : digest.Digest.Span)
            && digest is not null;
    }

    private static byte[] Hash(SealingKey pepper, string secret) =>
        HMACSHA256.HashData(pepper.Key.Span, Encoding.UTF8.GetBytes(secret));
}
