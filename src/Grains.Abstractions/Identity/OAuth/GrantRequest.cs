using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>What a user let a client do, at the consent page.</summary>
[Wire("oauth-grant-request", 1)]
public sealed record GrantRequest
{
    public required ClientId Client { get; init; }

    /// <summary>Where the code is sent, as the client asked.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The canonical URI of the one server or administration: the audience of every token.</summary>
    public required string Resource { get; init; }

    /// <summary>The scopes that the user approved; what the user's roles do not allow is left out of tokens.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The PKCE challenge, of method S256: 43 characters of base64url.</summary>
    public required string CodeChallenge { get; init; }
}
