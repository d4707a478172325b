using System.Buffers.Text;
using System.Security.Cryptography;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>What differs from one access token of a grant to the next: its id (jti) and its times.</summary>
internal readonly record struct TokenTimes(string Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    private const int IdBytes = 16;

    public static TokenTimes From(DateTimeOffset now, TimeSpan lifetime) =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), now, now + lifetime);
}
