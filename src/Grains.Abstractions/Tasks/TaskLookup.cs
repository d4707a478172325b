using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>A task, or why there is none.</summary>
[Wire("task-lookup", 2)]
public sealed record TaskLookup
{
    public McpTask? Task { get; init; }

    /// <summary>Whether it had ended before it was asked to change, so that nothing changed.</summary>
    public bool HadEnded { get; init; }

    public McpFault? Fault { get; init; }
}
