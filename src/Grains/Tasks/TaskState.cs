using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>What is stored of a task.</summary>
[Wire("task-state", 1)]
internal sealed record TaskState
{
    /// <summary>Who made it, and alone may know of it.</summary>
    public PrincipalId Principal { get; init; }

    public TaskSeed? Seed { get; init; }

    public McpTask? Task { get; init; }

    /// <summary>The questions answered so far: a report that was under way meanwhile must not ask them again.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];
}
