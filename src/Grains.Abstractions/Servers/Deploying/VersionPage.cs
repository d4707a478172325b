using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>Some of a server's versions, the newest first; or why not.</summary>
[Wire("version-page", 3)]
public sealed record VersionPage
{
    public IReadOnlyList<VersionInfo> Versions { get; init; } = [];

    /// <summary>After which number to go on; null at the end.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
