using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Clients' secrets: 256 random bits, of which SHA-256 is kept.</summary>
internal static class ClientSecret
{
    private const string Prefix = "smcps.";
    private const int SecretBytes = 32;

    public static string Create() =>
        Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool Matches(string secret, ReadOnlyMemory<byte> digest) =>
        CryptographicOperations.FixedTimeEquals(DigestOf(secret), digest.Span);
}
