using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Names operations of an API.</summary>
[Wire("openapi-filter", 1)]
public sealed record OpenApiFilter
{
    /// <summary>
    /// By their operationId, or as <c>GET /pets/{id}</c>; <c>*</c> stands for any text.
    /// </summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>HTTP methods.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];
}
