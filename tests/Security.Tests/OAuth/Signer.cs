using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth;

/// <summary>A client's key pair, of either algorithm: signs what the test says.</summary>
internal sealed class Signer : IDisposable
{
    private readonly ECDsa? _ec;
    private readonly RSA? _rsa;

    public Signer(string algorithm, int bits = 2048)
    {
        Algorithm = algorithm;
        (_ec, _rsa) = algorithm == "RS256"
            ? ((ECDsa?)null, RSA.Create(bits))
            : (ECDsa.Create(ECCurve.NamedCurves.nistP256), null);
    }

    public string Algorithm { get; }

    /// <summary>What the key is called, if anything; assertions name it.</summary>
    public string? KeyId { get; init; }

    public ClientJwk PublicKey
    {
        get
        {
            if (_rsa is not null)
            {
                var rsa = _rsa.ExportParameters(false);
                return new ClientJwk { Kty = "RSA", Kid = KeyId, N = Text(rsa.Modulus!), E = Text(rsa.Exponent!) };
            }

            var ec = _ec!.ExportParameters(false);
            return new ClientJwk { Kty = "EC", Kid = KeyId, Crv = "P-256", X = Text(ec.Q.X!), Y = Text(ec.Q.Y!) };
        }
    }

    public string Sign(JsonObject claims, string? algorithm = null) => Sign(claims.ToJsonString(), algorithm);

    /// <summary>Signs a text as it stands, which may be no JSON.</summary>
    public string Sign(string claims, string? algorithm = null)
    {
        var header = new JsonObject { ["alg"] = algorithm ?? Algorithm, ["typ"] = "JWT" };
        if (KeyId is not null)
        {
            header["kid"] = KeyId;
        }

        var content = $"{Text(Bytes(header.ToJsonString()))}.{Text(Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(content);
        var signature = _rsa?.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? _ec!.SignData(bytes, HashAlgorithmName.SHA256);
        return $"{content}.{Text(signature)}";
    }

    public void Dispose()
    {
        _ec?.Dispose();
        _rsa?.Dispose();
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
