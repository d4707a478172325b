using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.Users;

/// <summary>
/// The key of a login name's grain: the tenant, and a hash, since a name may have any visible character.
/// </summary>
public readonly record struct LoginKey(TenantId Tenant, LoginName Name)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Tenant}/{Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Name.ToString())))}";
}
