namespace Smcp.Engine.Calls;

/// <summary>The result of a method that has none.</summary>
internal readonly record struct Nothing
{
    /// <summary>For the emitted calls: the end of a task as a result.</summary>
    public static ValueTask<Nothing> OfAsync(Task task) =>
        task.IsCompletedSuccessfully ? default : AwaitAsync(new ValueTask(task));

    /// <summary>For the emitted calls: the end of a task as a result.</summary>
    public static ValueTask<Nothing> OfAsync(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(task);
        }

        task.GetAwaiter().GetResult();
        return default;
    }

    private static async ValueTask<Nothing> AwaitAsync(ValueTask task)
    {
        await task;
        return default;
    }
}
