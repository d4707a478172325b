using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>A request about to run: for whom, by which revision, and whether it may become a task.</summary>
internal readonly record struct RunRequest(
    InstanceCall Call, CallContext Caller, McpRevision Revision, TaskSupport Tasks = TaskSupport.Forbidden)
{
    /// <summary>The task that its client asked for (2025-11-25); it is made before the run begins.</summary>
    public TaskTerms? Terms { get; init; }

    /// <summary>When the run is given up; null for the deadline of every call.</summary>
    public TimeSpan? Deadline { get; init; }
}
