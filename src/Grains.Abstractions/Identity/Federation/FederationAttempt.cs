using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>What must come back from a provider.</summary>
[Wire("federation-attempt", 2)]
public sealed record FederationAttempt
{
    /// <summary>The provider that was asked: a configuration that changed meanwhile does not change that.</summary>
    public required string Issuer { get; init; }

    /// <summary>In the token that comes back (OpenID Connect Core section 3.1.2.1).</summary>
    public required string Nonce { get; init; }

    /// <summary>What PKCE's challenge was made of.</summary>
    public required string Verifier { get; init; }

    public string? Request { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(FederationAttempt);
}
