using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Tasks;

/// <summary>
/// A task: a call that its client polls for (SEP-2663; 2025-11-25 tasks); key: <see cref="TaskKey"/>. Durable from its
/// creation to the end of its lifetime; a task whose run died with its process becomes
/// <see cref="McpTaskStatus.Failed"/>. To anybody but the principal who made it, and at another revision than the one
/// it was made by, it is unknown.
/// </summary>
[Grain("task")]
public interface ITaskGrain
{
    /// <summary>Creates it, for the caller; durable before it returns.</summary>
    Task<McpTask> CreateAsync(CallContext context, TaskSeed seed, CancellationToken cancellationToken);

    /// <summary>How it stands. Finds out whether its run still works.</summary>
    Task<TaskLookup> GetAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, without questions, result and error.</summary>
    Task<TaskLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Takes answers to its questions, a raw map by their keys; durable before it returns. Keys that wait for no
    /// answer, and answers without the form that their question asks for, are ignored. Null when taken.
    /// </summary>
    Task<McpFault?> UpdateAsync(
        CallContext context, ReadOnlyMemory<byte> inputResponses, CancellationToken cancellationToken);

    /// <summary>
    /// Takes its client's answer, or error, to one of its questions; durable before it returns. A question that waits
    /// for no answer is ignored. Null when the task is known.
    /// </summary>
    Task<McpFault?> AnswerAsync(CallContext context, TaskAnswer answer, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels it, unless it ended; durable before it returns: the task as it is then, without questions, result and
    /// error.
    /// </summary>
    Task<TaskLookup> CancelAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From the instance: how the run stands. Durable before it returns; returns the task as it is then, or null when
    /// it is gone.
    /// </summary>
    Task<McpTask?> ReportAsync(TaskReport report, CancellationToken cancellationToken);
}
