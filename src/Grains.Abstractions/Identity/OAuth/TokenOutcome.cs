using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>Tokens, or why there are none.</summary>
[Wire("oauth-token-outcome", 1)]
public sealed record TokenOutcome
{
    public IssuedTokens? Tokens { get; init; }

    public TokenRefusal? Refusal { get; init; }

    public static TokenOutcome Of(IssuedTokens tokens) => new() { Tokens = tokens };

    public static TokenOutcome Refused(TokenRefusal refusal) => new() { Refusal = refusal };
}
