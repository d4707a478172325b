using Smcp.Wire;

namespace Smcp.Identity.OAuth.Authorizations;

/// <summary>A waiting authorization request as stored.</summary>
[Wire("oauth-authorization", 1)]
internal sealed record AuthorizationState
{
    public AuthorizationRequest? Request { get; init; }

    /// <summary>SHA-256 of the browser's secret.</summary>
    public ReadOnlyMemory<byte> Browser { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
