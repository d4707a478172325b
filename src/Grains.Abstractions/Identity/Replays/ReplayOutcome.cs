using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.Replays;

/// <summary>What is known of a request: nothing of both, and it is to be done.</summary>
[Wire("replay-outcome", 1)]
public sealed record ReplayOutcome
{
    /// <summary>It was done before, and answered so.</summary>
    public ReplayAnswer? Answer { get; init; }

    /// <summary>
    /// Why it may not be done: <see cref="FaultReason.InvalidParams"/> where the key was used for another request,
    /// <see cref="FaultReason.Conflict"/> while the first is in work or its outcome is unknown.
    /// </summary>
    public McpFault? Fault { get; init; }
}
