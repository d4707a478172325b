using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>Some of what a server's processes wrote, the newest last; or why not.</summary>
[Wire("server-log-page", 1)]
public sealed record ServerLogPage
{
    public IReadOnlyList<ServerLogLine> Lines { get; init; } = [];

    /// <summary>After which number to go on; null at the end.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
