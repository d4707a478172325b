using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>
/// What a client asked for at the authorization endpoint, after every rule about it held: it waits for its user.
/// </summary>
[Wire("oauth-authorization-request", 1)]
public sealed record AuthorizationRequest
{
    public required ClientId Client { get; init; }

    /// <summary>Where the answer is sent, as the client asked; one of its registered ones.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The client's own, sent back as it is.</summary>
    public string? State { get; init; }

    /// <summary>The PKCE challenge, of method S256.</summary>
    public required string CodeChallenge { get; init; }

    /// <summary>The scopes that it asked for and that there are; empty: whatever there is.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The canonical resource; null for a client that named none (2025-03-26): its user picks one.</summary>
    public string? Resource { get; init; }

    /// <summary>The tenant of the resource; null without one.</summary>
    public TenantId? Tenant { get; init; }
}
