using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A client that was registered, or why it was not.</summary>
[Wire("oauth-client-creation", 3)]
public sealed record ClientCreation
{
    public OAuthClient? Client { get; init; }

    /// <summary>Its secret, told this once; null for a public client.</summary>
    public string? Secret { get; init; }

    public ClientProblem? Problem { get; init; }
}
