using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>What a task begins with: the run that works for it, and its terms.</summary>
[Wire("task-seed", 1)]
public sealed record TaskSeed
{
    /// <summary>The key of the instance that runs it.</summary>
    public required string Instance { get; init; }

    /// <summary>The run, as the instance knows it.</summary>
    public required CallId Run { get; init; }

    public required TimeSpan Lifetime { get; init; }

    public required TimeSpan PollInterval { get; init; }
}
