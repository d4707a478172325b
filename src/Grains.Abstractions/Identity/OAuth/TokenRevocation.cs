using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A client gives back a token (RFC 7009): either of the two.</summary>
[Wire("oauth-token-revocation", 1)]
public sealed record TokenRevocation
{
    public required ClientId Client { get; init; }

    /// <summary>A refresh token: its whole grant ends.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The <c>jti</c> of a genuine access token: that one ends.</summary>
    public string? AccessTokenId { get; init; }

    /// <summary>When that access token ends by itself.</summary>
    public DateTimeOffset AccessExpiresAt { get; init; }
}
