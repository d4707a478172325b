using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>
/// What a server says when it wants a credential, or another (RFC 6750 section 3, RFC 9728 section 5).
/// </summary>
[Wire("token-challenge", 1)]
public sealed record TokenChallenge
{
    /// <summary>Where its resource metadata is.</summary>
    public string? ResourceMetadata { get; init; }

    /// <summary>The scopes that the request needs, separated by spaces.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether the token was good, but not for this.</summary>
    public bool IsAboutScope { get; init; }
}
