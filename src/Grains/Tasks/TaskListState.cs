using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>What is stored of a principal's list of tasks.</summary>
[Wire("task-list-state", 1)]
internal sealed record TaskListState
{
    /// <summary>Numbers up to this were given out.</summary>
    public long LastNumber { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TaskListEntry> Entries { get; init; } = [];
}
