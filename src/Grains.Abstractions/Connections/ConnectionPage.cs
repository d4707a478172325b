using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>Some of a server's connections, in the order of their owners.</summary>
[Wire("connection-page", 1)]
public sealed record ConnectionPage
{
    public IReadOnlyList<ConnectionStanding> Connections { get; init; } = [];

    /// <summary>The owner to go on after; null where nothing is left.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
