using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Some of a tenant's servers, in the order of their ids; or why not.</summary>
[Wire("server-page", 4)]
public sealed record ServerPage
{
    public IReadOnlyList<ServerDescription> Servers { get; init; } = [];

    /// <summary>After which id to go on; null at the end.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
