using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>What is known of a client. Its secret, where it has one, is not among it.</summary>
[Wire("oauth-client", 1)]
public sealed record OAuthClient
{
    public required ClientId Id { get; init; }

    public ClientSource Source { get; init; }

    /// <summary>The only tenant that it may act in; null for one that registered itself, or is a document.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>What it calls itself. Only a tenant's own client is to be believed.</summary>
    public string? Name { get; init; }

    /// <summary>Where codes may be sent: compare with <see cref="RedirectUris.Match"/>.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Of <see cref="OAuth.GrantTypes"/>.</summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    public ClientAuthentication Authentication { get; init; }

    /// <summary>The scopes that it may ask for. Empty: all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>With client_credentials: the roles it has itself, in its tenant.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Its page for people; https.</summary>
    public string? ClientUri { get; init; }

    /// <summary>Its picture; https. Never loaded by us.</summary>
    public string? LogoUri { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }
}
