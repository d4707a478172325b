using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.Users;

/// <summary>
/// The key of a browser session's grain: the tenant, and the SHA-256 of the 256-bit secret in the browser's cookie. A
/// secret under another tenant names another grain, which holds nothing.
/// </summary>
public readonly record struct BrowserSessionKey(TenantId Tenant, string Hash)
{
    public static BrowserSessionKey Of(TenantId tenant, string secret) =>
        new(tenant, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));

    public static BrowserSessionKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts is [var tenant, var hash] && IdText.IsToken(hash, 43)
            ? new BrowserSessionKey(TenantId.Parse(tenant), hash)
            : throw new FormatException("Not a valid browser session key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Hash}";
}
