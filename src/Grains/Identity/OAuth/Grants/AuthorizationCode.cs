using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>Authorization codes: <c>smcpc.tenant.grant.secret</c>, 256 random bits, of which SHA-256 is kept.</summary>
internal static class AuthorizationCode
{
    private const int SecretBytes = 32;

    public static string Create(GrantKey key) =>
        $"{GrantSecrets.Code}.{key.Tenant}.{key.Grant}."
        + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] DigestOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
