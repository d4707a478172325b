using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>Whether a server elsewhere lets us in.</summary>
[Wire("connection-status", 1)]
public enum ConnectionStatus
{
    /// <summary>Nobody connected it, or it was disconnected here.</summary>
    None = 0,

    /// <summary>There are tokens.</summary>
    Connected = 1,

    /// <summary>There were, and they are not accepted any more: somebody must connect again.</summary>
    Lost = 2,
}
