using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>A task, or why there is none.</summary>
[Wire("task-lookup", 1)]
public sealed record TaskLookup
{
    public McpTask? Task { get; init; }

    public McpFault? Fault { get; init; }
}
