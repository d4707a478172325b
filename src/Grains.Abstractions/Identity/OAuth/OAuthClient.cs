using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>What is known of a client. Its secret, where it has one, is not among it.</summary>
[Wire("oauth-client", 3)]
public sealed record OAuthClient
{
    public required ClientId Id { get; init; }

    public ClientSource Source { get; init; }

    /// <summary>The only tenant that it may act in; null for one that registered itself, or is a document.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The life of that tenant in which it was registered: it is of no other.</summary>
    public int TenantGeneration { get; init; } = 1;

    /// <summary>What it calls itself. Only a tenant's own client is to be believed.</summary>
    public string? Name { get; init; }

    /// <summary>Where codes may be sent: compare with <see cref="RedirectUris.Match"/>.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Of <see cref="OAuth.GrantTypes"/>.</summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    public ClientAuthentication Authentication { get; init; }

    /// <summary>
    /// Of a tenant's own client: the scopes that it may ask for; empty: all. Of any other: what it asks for when it
    /// does not say.
    /// </summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>With private_key_jwt: the keys that its assertions are verified by.</summary>
    public IReadOnlyList<ClientJwk> Keys { get; init; } = [];

    /// <summary>With private_key_jwt: where those keys are, if they are not here.</summary>
    public string? JwksUri { get; init; }

    /// <summary>With client_credentials: the roles it has itself, in its tenant.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Its page for people; https.</summary>
    public string? ClientUri { get; init; }

    /// <summary>Its picture; https. Never loaded by us.</summary>
    public string? LogoUri { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }
}
