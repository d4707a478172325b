namespace Smcp.Runtimes;

/// <summary>Whether a call of a tool may become a task (SEP-2663; 2025-11-25 <c>execution.taskSupport</c>).</summary>
public enum TaskSupport
{
    /// <summary>Always answered directly.</summary>
    Forbidden = 0,

    /// <summary>
    /// A task for a client that knows tasks, when it takes longer than the answer window or asks for input.
    /// </summary>
    Optional = 1,

    /// <summary>Always a task; a client that does not know tasks cannot call it.</summary>
    Required = 2,
}
