using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.Users;

/// <summary>
/// A 256-bit secret that somebody else keeps: made here, and known again by its hash. It needs no slow hash, since
/// nobody can try so many.
/// </summary>
internal static class Secret
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether a secret has this hash; takes as long wherever they differ.</summary>
    public static bool Matches(string secret, ReadOnlyMemory<byte> hash) =>
        CryptographicOperations.FixedTimeEquals(HashOf(secret), hash.Span);
}
