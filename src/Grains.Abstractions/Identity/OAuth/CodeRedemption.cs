using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A client, already authenticated, shows an authorization code.</summary>
[Wire("oauth-code-redemption", 1)]
public sealed record CodeRedemption
{
    public required string Code { get; init; }

    public required ClientId Client { get; init; }

    /// <summary>As the client sent it; OAuth 2.1 does not need it any more.</summary>
    public string? RedirectUri { get; init; }

    public string? Verifier { get; init; }

    /// <summary>Canonical; null: the grant's.</summary>
    public string? Resource { get; init; }

    /// <summary>The issuer that the token names.</summary>
    public required string Issuer { get; init; }
}
