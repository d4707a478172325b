using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Identity.Jose;

/// <summary>A public key that others sign with (RFC 7517): RSA for RS256, P-256 for ES256.</summary>
internal sealed record VerificationKey(string? Id, string Algorithm, RSAParameters Rsa, ECParameters Ec)
{
    public const string Rs256 = "RS256";
    public const string Es256 = "ES256";

    private const int RsaBitsMin = 2048;
    private const int RsaBytesMax = 1024;
    private const int CoordinateBytes = 32;

    /// <summary>The keys of a set that may sign tokens; others are passed over.</summary>
    public static IReadOnlyList<VerificationKey> ReadSet(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("keys", out var keys)
        && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Take(64).Select(Read).OfType<VerificationKey>()]
            : [];

    /// <summary>
    /// The key; null for one that may not sign tokens, that we do not know, or that is none: whoever serves it could
    /// name any members.
    /// </summary>
    public static VerificationKey? Read(JsonElement key) =>
        ReadMembers(key) is { } read && read.IsKey() ? read : null;

    /// <summary>False, too, for what the platform's cryptography will not work with.</summary>
    public bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        try
        {
            return IsSigned(content, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static VerificationKey? ReadMembers(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || key.Text("use") is not (null or "sig"))
        {
            return null;
        }

        return (key.Text("kty"), key.Text("alg"), key.Text("crv")) switch
        {
            ("RSA", null or Rs256, _) => RsaOf(key),
            ("EC", null or Es256, "P-256") => EcOf(key),
            _ => null,
        };
    }

    /// <summary>Members of the right length are no key yet: a point may lie beside its curve.</summary>
    private bool IsKey()
    {
        try
        {
            IsSigned([], []);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private bool IsSigned(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (Algorithm == Rs256)
        {
            using var rsa = RSA.Create(Rsa);
            return rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ec = ECDsa.Create(Ec);
        return ec.VerifyData(content, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>Zeros before the modulus make it longer, and no stronger.</summary>
    private static VerificationKey? RsaOf(JsonElement key) =>
        Bytes(key, "n") is { } padded
        && padded.AsSpan().TrimStart((byte)0).ToArray() is { Length: <= RsaBytesMax } modulus
        && new BigInteger(modulus, isUnsigned: true, isBigEndian: true).GetBitLength() >= RsaBitsMin
        && Bytes(key, "e") is { Length: >= 1 and <= 8 } exponent
        && IsExponent(new BigInteger(exponent, isUnsigned: true, isBigEndian: true))
            ? new VerificationKey(
                key.Text("kid"), Rs256, new RSAParameters { Modulus = modulus, Exponent = exponent }, default)
            : null;

    /// <summary>Odd, and 3 or more (RFC 8017 section 3.1): with 1, everybody could sign.</summary>
    private static bool IsExponent(BigInteger exponent) => exponent >= 3 && !exponent.IsEven;

    private static VerificationKey? EcOf(JsonElement key) =>
        Bytes(key, "x") is { Length: CoordinateBytes } x && Bytes(key, "y") is { Length: CoordinateBytes } y
            ? new VerificationKey(
                key.Text("kid"), Es256, default,
                new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } })
            : null;

    private static byte[]? Bytes(JsonElement key, string name) =>
        key.Text(name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
