using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A server as its administrators see it, or why they do not.</summary>
[Wire("server-description", 4)]
public sealed record ServerDescription
{
    public ServerDefinition? Definition { get; init; }

    /// <summary>Counts the changes of who may reach it; 0: as its definition says.</summary>
    public long AccessVersion { get; init; }

    public McpFault? Fault { get; init; }

    public static ServerDescription Refused(McpFault fault) => new() { Fault = fault };
}
