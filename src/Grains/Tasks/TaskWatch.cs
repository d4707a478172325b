namespace Smcp.Tasks;

/// <summary>Waits for a task to change. On the activation's scheduler.</summary>
internal sealed class TaskWatch(TaskWatches watches, TaskId task) : IDisposable
{
    private TaskCompletionSource _changed = Fresh();

    public TaskId Task => task;

    /// <summary>
    /// Completes at the first change after this is read: read it before the task is looked at, and none is missed.
    /// </summary>
    public Task Changed => _changed.Task;

    public void Ring()
    {
        var changed = _changed;
        _changed = Fresh();
        changed.TrySetResult();
    }

    public void Dispose() => watches.Close(this);

    // A waiter goes on in a turn of its own: it may close its watch, which who rings is walking over.
    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
