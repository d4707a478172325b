using Smcp.Servers;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>What may be known of a connection: never its tokens.</summary>
[Wire("connection-standing", 1)]
public sealed record ConnectionStanding
{
    public required ServerId Server { get; init; }

    /// <summary>Whose it is; <c>-</c> for the server's own.</summary>
    public required string Owner { get; init; }

    public ConnectionStatus Status { get; init; }

    /// <summary>Why it is lost, in words for people; null otherwise.</summary>
    public string? Problem { get; init; }

    /// <summary>The server's endpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Who gave the tokens.</summary>
    public string? Issuer { get; init; }

    /// <summary>What they are good for, as far as it was said.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When the access token in hand ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
