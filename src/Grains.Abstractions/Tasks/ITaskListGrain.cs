using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Tasks;

/// <summary>
/// The tasks of one principal at one server, newest first (2025-11-25 <c>tasks/list</c>); key:
/// <see cref="TaskListKey"/>. It names them only; how each stands, its own grain knows. An entry lasts as long as its
/// task's lifetime.
/// </summary>
[Grain("task-list")]
public interface ITaskListGrain
{
    /// <summary>
    /// Takes up a task that is about to be made, under the limit of one principal; durable before it returns. Null when
    /// taken up.
    /// </summary>
    Task<McpFault?> AddAsync(
        CallContext context, TaskId task, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>A page, from the start or behind the cursor of an earlier one.</summary>
    Task<TaskPage> PageAsync(CallContext context, string? cursor, CancellationToken cancellationToken);

    /// <summary>From a task whose lifetime is over: its entry may go.</summary>
    Task RemoveAsync(TaskId task, CancellationToken cancellationToken);
}
