using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>Which authorization server a connection is with, as who, and for what.</summary>
[Wire("connection-peer", 1)]
internal sealed record ConnectionPeer
{
    /// <summary>The server that the tokens are for: they go nowhere else.</summary>
    public required string Endpoint { get; init; }

    public required string Resource { get; init; }

    public required string TokenEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    public required ConnectionClient Client { get; init; }

    /// <summary>Whether it says who it is with each answer.</summary>
    public bool SaysIssuer { get; init; }
}
