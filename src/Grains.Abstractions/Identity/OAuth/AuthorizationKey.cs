using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Smcp.Identity.OAuth;

/// <summary>
/// The key of a waiting authorization request: 256 random bits. They belong to the platform's tenant: what a browser
/// brings of them says nothing of a tenant.
/// </summary>
public readonly record struct AuthorizationKey(string Id)
{
    private const int Bytes = 32;

    public static AuthorizationKey Random() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public static bool TryRead([NotNullWhen(true)] string? id, out AuthorizationKey key)
    {
        key = new AuthorizationKey(id ?? string.Empty);
        return IdText.IsToken(id, 43);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{TenantId.Platform}/{Id}";
}
