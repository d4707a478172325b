using Smcp.Wire;

namespace Smcp.Identity.OAuth.Authorizations;

/// <summary>A waiting authorization request as stored.</summary>
[Wire("oauth-authorization", 2)]
internal sealed record AuthorizationState
{
    public AuthorizationRequest? Request { get; init; }

    /// <summary>Of the browser's secret.</summary>
    public SecretDigest? Browser { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
