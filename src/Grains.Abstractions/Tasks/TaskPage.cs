using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>A page of a list of tasks, or why there is none.</summary>
[Wire("task-page", 1)]
public sealed record TaskPage
{
    public IReadOnlyList<TaskId> Tasks { get; init; } = [];

    /// <summary>Where the next page begins; null when this is the last.</summary>
    public string? NextCursor { get; init; }

    public McpFault? Fault { get; init; }
}
