using System.Runtime.CompilerServices;
using Smcp.Engine.Calls;

namespace Smcp.Engine.Activations;

/// <summary>
/// The one single-threaded scheduler of an activation: tasks of the grain and items of the engine, one at a time, in
/// order. Whoever finds it free may run an item on its own thread at once, in place of a hop to the thread pool.
/// </summary>
internal sealed class ActivationScheduler(EngineServices services) : TaskScheduler, IThreadPoolWorkItem
{
    // Then other activations get the thread.
    private const int ItemsInARowMax = 64;

    private static readonly Action<object?> PumpAction = static scheduler => ((ActivationScheduler)scheduler!).Pump();

    private readonly Lock _gate = new();
    private Queue<object>? _queue;
    private WorkItem? _inlineItem;
    private bool _isOwned;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Whether the running code is this activation's.</summary>
    public bool IsCurrent => ReferenceEquals(Current, this);

    /// <summary>Queues an item, or runs it here and now when the caller may and nothing else runs.</summary>
    public void Post(WorkItem item, bool mayRunHere)
    {
        var runsHere = mayRunHere && CanRunHere();
        lock (_gate)
        {
            if (_isOwned || !runsHere)
            {
                (_queue ??= new Queue<object>()).Enqueue(item);
                runsHere = false;
            }

            if (_isOwned)
            {
                return;
            }

            _isOwned = true;
        }

        if (runsHere)
        {
            RunHere(item);
        }
        else
        {
            PoolThread.Queue(this);
        }
    }

    void IThreadPoolWorkItem.Execute() => PoolThread.Run(this, static scheduler => scheduler.StartPump());

    protected override void QueueTask(Task task)
    {
        if (ReferenceEquals(task.AsyncState, this))
        {
            TryExecuteTask(task);
            return;
        }

        lock (_gate)
        {
            (_queue ??= new Queue<object>()).Enqueue(task);
            if (_isOwned)
            {
                return;
            }

            _isOwned = true;
        }

        PoolThread.Queue(this);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && IsCurrent && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return _queue?.OfType<Task>().ToArray() ?? [];
        }
    }

    /// <summary>
    /// A caller that is itself an activation with more to do leaves the work to another thread; nested calls leave it
    /// before the stack ends; and a suppressed context could not be restored.
    /// </summary>
    private static bool CanRunHere() =>
        (Current is not ActivationScheduler caller || !caller.HasMore())
        && RuntimeHelpers.TryEnsureSufficientExecutionStack()
        && !ExecutionContext.IsFlowSuppressed();

    private bool HasMore()
    {
        lock (_gate)
        {
            return _queue is { Count: > 0 };
        }
    }

    /// <summary>
    /// Nothing ambient of the caller's is seen by the grain, and nothing of the grain's by the caller.
    /// </summary>
    private void RunHere(WorkItem item)
    {
        var callerContext = ExecutionContext.Capture()!;
        var callerSynchronization = SynchronizationContext.Current;
        ExecutionContext.Restore(PoolThread.Blank);
        if (callerSynchronization is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        _inlineItem = item;
        StartPump();
        if (callerSynchronization is not null)
        {
            SynchronizationContext.SetSynchronizationContext(callerSynchronization);
        }

        ExecutionContext.Restore(callerContext);
    }

    /// <summary>
    /// The pump is a task of this scheduler, so that the grain's code sees the scheduler as the current one.
    /// </summary>
    private void StartPump() => new Task(PumpAction, this, TaskCreationOptions.DenyChildAttach).Start(this);

    private void Pump()
    {
        if (_inlineItem is { } inlineItem)
        {
            _inlineItem = null;
            Run(inlineItem);
            if (TryRelease())
            {
                return;
            }
        }
        else
        {
            for (var i = 0; i < ItemsInARowMax; i++)
            {
                if (!TryTake(out var item))
                {
                    return;
                }

                if (i > 0)
                {
                    PoolThread.HandOver();
                }

                Run(item);
            }

            if (TryRelease())
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Run(object item)
    {
        if (item is Task task)
        {
            TryExecuteTask(task);
            return;
        }

        try
        {
            ((WorkItem)item).Execute();
        }
        catch (Exception exception)
        {
            // Faults of grains are handled within the item: this one is the engine's own, and must not stop the pump.
            services.LogItemFaulted(exception);
        }

        ExecutionContext.Restore(PoolThread.Blank);
    }

    private bool TryTake(out object item)
    {
        lock (_gate)
        {
            if (_queue is not null && _queue.TryDequeue(out item!))
            {
                return true;
            }

            item = null!;
            _isOwned = false;
            return false;
        }
    }

    private bool TryRelease()
    {
        lock (_gate)
        {
            if (_queue is { Count: > 0 })
            {
                return false;
            }

            _isOwned = false;
            return true;
        }
    }
}
