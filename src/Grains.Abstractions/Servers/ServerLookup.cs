using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A server's definition, or why there is none.</summary>
[Wire("server-lookup", 5)]
public sealed record ServerLookup
{
    public ServerDefinition? Definition { get; init; }

    public McpFault? Fault { get; init; }

    /// <summary>
    /// Why it serves nobody at the moment, for who would start it: it is stopped, or in quarantine. Null: it may serve.
    /// </summary>
    public McpFault? Held { get; init; }
}
