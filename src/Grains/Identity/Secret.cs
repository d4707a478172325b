using System.Buffers.Text;
using System.Security.Cryptography;

namespace Smcp.Identity;

/// <summary>
/// A 256-bit secret that somebody else keeps: made here, and known again by its digest
/// (<see cref="SecretDigester"/>).
/// </summary>
internal static class Secret
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
