using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Tasks;

/// <summary>
/// A task: a call that its client polls for (SEP-2663); key: <see cref="TaskKey"/>. Durable from its creation to the
/// end of its lifetime; a task whose run died with its process becomes <see cref="McpTaskStatus.Failed"/>. To anybody
/// but the principal who made it, it is unknown.
/// </summary>
[Grain("task")]
public interface ITaskGrain
{
    /// <summary>Creates it, for the caller; durable before it returns.</summary>
    Task<McpTask> CreateAsync(CallContext context, TaskSeed seed, CancellationToken cancellationToken);

    /// <summary>How it stands. Finds out whether its run still works.</summary>
    Task<TaskLookup> GetAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Takes answers to its questions, a raw map by their keys; durable before it returns. Keys that wait for no
    /// answer, and answers without the form that their question asks for, are ignored. Null when taken.
    /// </summary>
    Task<McpFault?> UpdateAsync(
        CallContext context, ReadOnlyMemory<byte> inputResponses, CancellationToken cancellationToken);

    /// <summary>Cancels it, unless it ended; durable before it returns. Null when known.</summary>
    Task<McpFault?> CancelAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From the instance: how the run stands. Durable before it returns; returns the task as it is then, or null when
    /// it is gone.
    /// </summary>
    Task<McpTask?> ReportAsync(TaskReport report, CancellationToken cancellationToken);
}
