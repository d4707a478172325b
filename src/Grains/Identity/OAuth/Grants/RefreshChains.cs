using System.Security.Cryptography;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>Begins and rotates chains of refresh tokens.</summary>
internal static class RefreshChains
{
    private const int KeyBytes = 32;

    public static RefreshChain Begin(RefreshToken first, DateTimeOffset now) => new()
    {
        Generation = first.Generation,
        Digest = first.Digest,
        RotatedAt = now,
        TagKey = RandomNumberGenerator.GetBytes(KeyBytes),
    };

    /// <summary>The chain after its current token was shown: by a fresh salt follows the next.</summary>
    public static RefreshChain Rotate(RefreshChain chain, RefreshToken current, DateTimeOffset now)
    {
        ReadOnlyMemory<byte> salt = RandomNumberGenerator.GetBytes(KeyBytes);
        var next = current.Next(salt);
        return chain with { Generation = next.Generation, Digest = next.Digest, Salt = salt, RotatedAt = now };
    }
}
