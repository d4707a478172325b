namespace Smcp.Tasks;

/// <summary>Who waits here for a task to change. On the activation's scheduler.</summary>
internal sealed class TaskWatches
{
    private readonly Dictionary<TaskId, HashSet<TaskWatch>> _watches = [];

    /// <summary>Watches a task until the watch is disposed of.</summary>
    public TaskWatch Open(TaskId task)
    {
        var watch = new TaskWatch(this, task);
        if (!_watches.TryGetValue(task, out var ofTask))
        {
            _watches.Add(task, ofTask = []);
        }

        ofTask.Add(watch);
        return watch;
    }

    /// <summary>A task changed.</summary>
    public void Ring(TaskId task)
    {
        if (_watches.TryGetValue(task, out var ofTask))
        {
            foreach (var watch in ofTask)
            {
                watch.Ring();
            }
        }
    }

    public void Close(TaskWatch watch)
    {
        if (_watches.TryGetValue(watch.Task, out var ofTask) && ofTask.Remove(watch) && ofTask.Count == 0)
        {
            _watches.Remove(watch.Task);
        }
    }
}
