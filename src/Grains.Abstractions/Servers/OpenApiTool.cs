using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What a tool is called otherwise than its operation.</summary>
[Wire("openapi-tool", 1)]
public sealed record OpenApiTool
{
    /// <summary>The operation: its operationId, or as <c>GET /pets/{id}</c>.</summary>
    public required string Operation { get; init; }

    public string? Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }
}
