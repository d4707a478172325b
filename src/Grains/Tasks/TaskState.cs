using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>What is stored of a task.</summary>
[Wire("task-state", 2)]
internal sealed record TaskState
{
    /// <summary>Who made it, and alone may know of it.</summary>
    public PrincipalId Principal { get; init; }

    /// <summary>
    /// The revision that made it: what its states mean differs between them, so it is known to this one alone.
    /// States of version 1 do not name theirs; only 2026-07-28 made them.
    /// </summary>
    public string Revision { get; init; } = McpRevision.V20260728.Value;

    public TaskSeed? Seed { get; init; }

    public McpTask? Task { get; init; }

    /// <summary>The questions answered so far: a report that was under way meanwhile must not ask them again.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];
}
