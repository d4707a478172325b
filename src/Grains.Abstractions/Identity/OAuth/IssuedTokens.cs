using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>What the token endpoint answers.</summary>
[Wire("oauth-issued-tokens", 1)]
public sealed record IssuedTokens
{
    public required string AccessToken { get; init; }

    public required TimeSpan Lifetime { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public string? RefreshToken { get; init; }
}
