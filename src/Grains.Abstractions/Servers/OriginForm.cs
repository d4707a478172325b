using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What people have at hand that a version can be made of.</summary>
[Wire("origin-form", 1)]
public enum OriginForm
{
    /// <summary>A package of the npm registry, by its name.</summary>
    Npm = 0,

    /// <summary>An MCPB bundle.</summary>
    Mcpb = 1,

    /// <summary>A <c>server.json</c> of the MCP registry.</summary>
    ServerJson = 2,

    /// <summary>An entry of a client's <c>mcpServers</c>.</summary>
    McpServers = 3,

    /// <summary>The build of a project for Cloudflare Workers.</summary>
    Wrangler = 4,
}
