using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>Some of the keys of a server's key-value store, or why not.</summary>
[Wire("value-page", 1)]
public sealed record ValuePage
{
    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<ValueInfo> Items { get; init; } = [];

    /// <summary>After which key the next page begins; null after the last.</summary>
    public string? Next { get; init; }

    public McpFault? Fault { get; init; }
}
