using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A client, already authenticated, shows a refresh token.</summary>
[Wire("oauth-refresh-redemption", 1)]
public sealed record RefreshRedemption
{
    public required string RefreshToken { get; init; }

    public required ClientId Client { get; init; }

    /// <summary>The scopes it asks for; null: the grant's.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Canonical; null: the grant's.</summary>
    public string? Resource { get; init; }

    /// <summary>The issuer that the token names.</summary>
    public required string Issuer { get; init; }
}
