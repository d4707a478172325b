using System.Buffers.Text;
using System.Security.Cryptography;

namespace Smcp;

/// <summary>Unguessable names.</summary>
internal static class RandomText
{
    /// <summary>Base64url of this many random bytes, at most 64.</summary>
    public static string Token(int bytes)
    {
        Span<byte> random = stackalloc byte[64];
        random = random[..bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}
