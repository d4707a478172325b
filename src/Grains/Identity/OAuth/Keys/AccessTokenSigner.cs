using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>Writes compact JWS (RFC 7515 section 7.1): header, claims, and their ES256 signature.</summary>
internal static class AccessTokenSigner
{
    public static string Sign(SigningKey key, ReadOnlySpan<byte> claims)
    {
        // The id is base64url, so nothing in it needs escaping.
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{key.Id}}"}""");
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.Private.Span, out _);
        var signature = pair.SignData(
            Encoding.ASCII.GetBytes(input),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }
}
