using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A client that a tenant's administrators ask for.</summary>
[Wire("oauth-client-request", 2)]
public sealed record ClientRequest
{
    /// <summary>What people read at the consent page; 1 to 100 visible characters.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Of <see cref="OAuth.GrantTypes"/>. Empty: codes and refresh tokens where there are redirect URIs, else
    /// client_credentials.
    /// </summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    /// <summary>Where codes may be sent; at least one with authorization_code, else none.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>How it proves who it is; a client that acts for itself must.</summary>
    public ClientAuthentication Authentication { get; init; }

    /// <summary>The scopes that it may ask for. Empty: all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>With client_credentials: its own roles, each at most as much as the caller's own.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>With private_key_jwt: its public keys, 1 to 8, unless it says where they are; else none.</summary>
    public IReadOnlyList<ClientJwk> Keys { get; init; } = [];

    /// <summary>With private_key_jwt: the https address of its public keys (RFC 7591 <c>jwks_uri</c>).</summary>
    public string? JwksUri { get; init; }
}
