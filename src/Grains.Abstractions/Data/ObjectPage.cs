using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>Some of a server's objects, or why not.</summary>
[Wire("object-page", 1)]
public sealed record ObjectPage
{
    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<ObjectListing> Items { get; init; } = [];

    /// <summary>After which name the next page begins; null after the last.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
