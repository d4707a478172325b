using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>
/// What a user agreed to: exactly this client, sent back to this host, for this resource and these scopes. Consent to
/// anything else is asked for again.
/// </summary>
[Wire("consent-terms", 1)]
public sealed record ConsentTerms
{
    public required string ClientId { get; init; }

    /// <summary>The host of the redirect URI; with a port where it is not loopback.</summary>
    public required string RedirectHost { get; init; }

    public required string Resource { get; init; }

    /// <summary>The scopes, in order, separated by spaces.</summary>
    public required string Scope { get; init; }
}
