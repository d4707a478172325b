using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// What stands sealed in a <c>requestState</c>: to whom and to which request it belongs, until when, and its number,
/// which is used once (2026-07-28 MRTR, server requirements 4 and 5).
/// </summary>
[Wire("request-state", 1)]
internal sealed record RequestState
{
    public required string Nonce { get; init; }

    public required PrincipalId Principal { get; init; }

    /// <summary>The digest of the request that it was given for.</summary>
    public required string Digest { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// The parked call that it continues; null for a state that the server itself gave its client to hold.
    /// </summary>
    public string? ParkedCall { get; init; }

    /// <summary>The server's own state.</summary>
    public string? Inner { get; init; }
}
