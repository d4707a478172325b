using System.Security.Cryptography;

namespace Smcp.OAuth.AccessTokens;

/// <summary>Verifies ES256 (RFC 7518 section 3.4): ECDSA of P-256 and SHA-256, the signature as R and S.</summary>
internal static class Es256
{
    private const int SignatureBytes = 64;

    public static bool Verify(
        ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y, ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature)
    {
        // All-zero R or S is refused by the library; the length is ours to check.
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() },
        });
        return key.VerifyData(
            input, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
