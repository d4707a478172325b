using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A confidential client, already authenticated, asks for a token of its own (client_credentials).</summary>
[Wire("oauth-client-token-request", 1)]
public sealed record ClientTokenRequest
{
    public required ClientId Client { get; init; }

    /// <summary>Canonical.</summary>
    public required string Resource { get; init; }

    /// <summary>The scopes it asks for; null: those it is registered for.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The issuer that the token names.</summary>
    public required string Issuer { get; init; }
}
