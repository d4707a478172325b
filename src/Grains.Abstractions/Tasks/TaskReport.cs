using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>
/// How a task's run stands: it ended with an answer, or waits for these questions, or works (both empty).
/// </summary>
[Wire("task-report", 1)]
public sealed record TaskReport
{
    /// <summary>The questions that wait for an answer: a raw map of requests by their keys.</summary>
    public ReadOnlyMemory<byte> InputRequests { get; init; }

    /// <summary>The run's answer.</summary>
    public McpReply? Reply { get; init; }
}
