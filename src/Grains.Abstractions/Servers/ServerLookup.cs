using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A server's definition, or why there is none.</summary>
[Wire("server-lookup", 3)]
public sealed record ServerLookup
{
    public ServerDefinition? Definition { get; init; }

    public McpFault? Fault { get; init; }
}
