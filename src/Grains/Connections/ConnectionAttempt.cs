using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>What must come back from an authorization server, to whom, and with which browser.</summary>
[Wire("connection-attempt", 1)]
internal sealed record ConnectionAttempt
{
    public required ConnectionPeer Peer { get; init; }

    /// <summary>Of the text that was sent along.</summary>
    public required SecretDigest State { get; init; }

    /// <summary>Of the browser's secret.</summary>
    public required SecretDigest Browser { get; init; }

    /// <summary>Who began: an administrator begins for a server, and no other one ends it.</summary>
    public required string Principal { get; init; }

    /// <summary>What PKCE's challenge was made of.</summary>
    public required string Verifier { get; init; }

    public required string RedirectUri { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(ConnectionAttempt);
}
