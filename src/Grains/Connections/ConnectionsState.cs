using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>A server's connections as stored, and who we are where we registered.</summary>
[Wire("connections-state", 1)]
internal sealed record ConnectionsState
{
    /// <summary>Who has a connection, or had one.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    public ConnectionClient? Client { get; init; }
}
