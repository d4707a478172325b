using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity;

/// <summary>
/// A 256-bit secret that somebody else keeps: made here, and known again by its hash. The one way for secrets that live
/// beside what they open: codes, tokens, clients' secrets, browsers. It needs no slow hash, since nobody can try so
/// many. (API keys, which a store's thief would look for first, have <see cref="SecretDigester"/>.)
/// </summary>
internal static class Secret
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => HashOf(Encoding.UTF8.GetBytes(secret));

    public static byte[] HashOf(ReadOnlySpan<byte> secret) => SHA256.HashData(secret);

    /// <summary>Whether a secret has this hash; takes as long wherever they differ. None has an empty one.</summary>
    public static bool Matches(string secret, ReadOnlyMemory<byte> hash) => IsSame(HashOf(secret), hash);

    /// <summary>Whether two hashes are one; takes as long wherever they differ.</summary>
    public static bool IsSame(ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> other) =>
        CryptographicOperations.FixedTimeEquals(hash.Span, other.Span);
}
