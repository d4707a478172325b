using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>Where a task stands, in the protocol's words (SEP-2663, task status).</summary>
[Wire("mcp-task-status", 1)]
public enum McpTaskStatus
{
    Working = 0,

    /// <summary>It waits for its client's answers, by <c>tasks/update</c>.</summary>
    InputRequired = 1,

    /// <summary>It has its result, which may say <c>isError</c>.</summary>
    Completed = 2,

    /// <summary>It ended in a JSON-RPC error, or its process died.</summary>
    Failed = 3,

    Cancelled = 4,
}
