using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>A call that became a task, and what of it is still to be reported.</summary>
internal sealed class TaskRun(InFlightCall call, TaskId id, ITaskGrain grain, TimeSpan lifetime, long deadlineAt)
{
    public InFlightCall Call { get; } = call;

    public TaskId Id { get; } = id;

    public ITaskGrain Grain { get; } = grain;

    /// <summary>How long the task is kept from its creation.</summary>
    public TimeSpan Lifetime { get; } = lifetime;

    /// <summary>When the run is given up, by the clock's timestamp.</summary>
    public long DeadlineAt { get; } = deadlineAt;

    /// <summary>The run's answer, once it ended.</summary>
    public McpReply? Reply { get; set; }

    /// <summary>Whether the task stands durable, so that reports can go to it.</summary>
    public bool Created { get; set; }

    /// <summary>Whether something changed since the last report began.</summary>
    public bool Changed { get; set; }

    public bool Reporting { get; set; }
}
