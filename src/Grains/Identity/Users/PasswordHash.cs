using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A password as stored: PBKDF2 with HMAC-SHA256 (RFC 8018 section 5.2).</summary>
[Wire("password-hash", 1)]
internal sealed record PasswordHash
{
    public required int Iterations { get; init; }

    /// <summary>16 random bytes.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>32 bytes.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }
}
