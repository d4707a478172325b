using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>Where a task stands, in the protocol's words (SEP-2663, task status).</summary>
[Wire("mcp-task-status", 1)]
public enum McpTaskStatus
{
    Working = 0,

    /// <summary>
    /// It waits for its client's answers: by <c>tasks/update</c>, or on the stream of a <c>tasks/result</c>.
    /// </summary>
    InputRequired = 1,

    /// <summary>It has its result, which from 2026-07-28 may say <c>isError</c>.</summary>
    Completed = 2,

    /// <summary>
    /// It ended in a JSON-RPC error, or its process died; before 2026-07-28 also in a result that says <c>isError</c>.
    /// </summary>
    Failed = 3,

    Cancelled = 4,
}
