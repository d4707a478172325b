using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>A connection as stored: sealed with its tenant's key, as all that is stored.</summary>
[Wire("connection-state", 1)]
internal sealed record ConnectionState
{
    public ConnectionPeer? Peer { get; init; }

    /// <summary>Null where there are none, or none that are accepted.</summary>
    public ConnectionTokens? Tokens { get; init; }

    /// <summary>The number of the last token that there was.</summary>
    public long LastNumber { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>Why there are no tokens any more; null where there never were, or they were given up here.</summary>
    public string? Problem { get; init; }

    public ConnectionAttempt? Attempt { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(ConnectionState);
}
