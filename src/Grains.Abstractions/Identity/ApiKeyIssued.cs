using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>A key just made or rotated, with its text, which is never said again; or why there is none.</summary>
[Wire("api-key-issued", 1)]
public sealed record ApiKeyIssued
{
    public ApiKeyInfo? Info { get; init; }

    /// <summary>The key, whole.</summary>
    public string? Text { get; init; }

    public McpFault? Fault { get; init; }
}
