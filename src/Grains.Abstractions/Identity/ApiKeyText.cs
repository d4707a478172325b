using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity;

/// <summary>
/// An API key as its owner holds it: <c>smcp_tenant_</c> and 61 characters of A-Z, a-z, 0-9: 12 that name the key, 43
/// random ones (256 bits), and 6 of a checksum, so that a scanner can tell a key from a like text and a typing error
/// from a wrong key. The tenant is a hint where to look; the record decides whose key it is.
/// </summary>
public sealed class ApiKeyText
{
    public const string Prefix = "smcp_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;

    private ApiKeyText(ApiKeyAddress address, string text)
    {
        Address = address;
        Text = text;
    }

    /// <summary>Where the key's record is.</summary>
    public ApiKeyAddress Address { get; }

    /// <summary>The secret, whole.</summary>
    public string Text { get; }

    /// <summary>Its last characters, by which its owner knows it again.</summary>
    public string Last4 => Text[^4..];

    /// <summary>A new key of this tenant.</summary>
    public static ApiKeyText Create(TenantId tenant) =>
        Create(tenant, RandomNumberGenerator.GetString(Alphabet, IdLength));

    /// <summary>A new secret for the key of this id: a rotation.</summary>
    public static ApiKeyText Create(TenantId tenant, string keyId)
    {
        var secret = RandomNumberGenerator.GetString(Alphabet, SecretLength);
        var body = $"{Prefix}{tenant}_{keyId}{secret}";
        return new ApiKeyText(new ApiKeyAddress(tenant, keyId), body + ChecksumOf(body));
    }

    /// <summary>Takes a text apart; false when it is none, or mistyped.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        if (text.Split('_') is not ["smcp", var tenantText, var rest]
            || rest.Length != IdLength + SecretLength + ChecksumLength
            || !rest.All(char.IsAsciiLetterOrDigit)
            || !TenantId.TryParse(tenantText, null, out var tenant)
            || ChecksumOf(text[..^ChecksumLength]) != text[^ChecksumLength..])
        {
            return false;
        }

        key = new ApiKeyText(new ApiKeyAddress(tenant, rest[..IdLength]), text);
        return true;
    }

    private static string ChecksumOf(string body)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        return string.Create(ChecksumLength, digest, static (output, bytes) =>
        {
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }
}
