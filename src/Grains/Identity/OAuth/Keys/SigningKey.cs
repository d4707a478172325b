using System.Buffers.Text;
using System.Security.Cryptography;
using Smcp.Wire;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>A key pair of P-256.</summary>
[Wire("signing-key", 1)]
internal sealed record SigningKey
{
    private const int IdBytes = 12;

    /// <summary>The <c>kid</c>.</summary>
    public required string Id { get; init; }

    /// <summary>PKCS #8; empty once the key is retired.</summary>
    public ReadOnlyMemory<byte> Private { get; init; }

    public ReadOnlyMemory<byte> X { get; init; }

    public ReadOnlyMemory<byte> Y { get; init; }

    public SigningKeyStatus Status { get; init; }

    /// <summary>When a pending one is to sign.</summary>
    public DateTimeOffset SignsFrom { get; init; }

    /// <summary>When an active one is to be retired, and a retired one to be destroyed.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>A new key, pending.</summary>
    public static SigningKey Create(DateTimeOffset signsFrom)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return new SigningKey
        {
            Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)),
            Private = pair.ExportPkcs8PrivateKey(),
            X = point.X,
            Y = point.Y,
            SignsFrom = signsFrom,
        };
    }

    public PublicSigningKey Publish() => new(Id, X, Y);
}
