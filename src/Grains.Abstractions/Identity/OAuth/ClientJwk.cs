using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A public key of a client (RFC 7517), under the names that it has there: RSA, or EC on P-256.</summary>
[Wire("oauth-client-jwk", 1)]
public sealed record ClientJwk
{
    public required string Kty { get; init; }

    public string? Kid { get; init; }

    /// <summary>RS256 or ES256; what the key is made for, where it does not say.</summary>
    public string? Alg { get; init; }

    /// <summary>sig, where it says.</summary>
    public string? Use { get; init; }

    public string? Crv { get; init; }

    public string? X { get; init; }

    public string? Y { get; init; }

    public string? N { get; init; }

    public string? E { get; init; }
}
