using System.Buffers.Text;
using System.Security.Cryptography;
using Smcp.Mcp;

namespace Smcp;

/// <summary>Unguessable names.</summary>
internal static class RandomText
{
    private const int CallIdBytes = 16;

    /// <summary>A call's name from here on.</summary>
    public static CallId CallId() => Mcp.CallId.Parse(Token(CallIdBytes));

    /// <summary>Base64url of this many random bytes, at most 64.</summary>
    public static string Token(int bytes)
    {
        Span<byte> random = stackalloc byte[64];
        random = random[..bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}
