using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>What is known of a connection, or why it may not be looked at.</summary>
[Wire("connection-lookup", 1)]
public sealed record ConnectionLookup
{
    public ConnectionStanding? Info { get; init; }

    public McpFault? Fault { get; init; }
}
