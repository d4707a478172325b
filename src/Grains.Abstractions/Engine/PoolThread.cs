namespace Smcp.Engine;

/// <summary>
/// A thread of the pool that runs work of the engine. What becomes ready by one piece of work is run next by the same
/// thread, once that work is over, in place of a hand-over to another thread, which often costs more than the work.
/// </summary>
public sealed class PoolThread
{
    // Then the pool's other work gets the thread.
    private const int InARowMax = 32;

    [ThreadStatic]
    private static PoolThread? _current;

    private IThreadPoolWorkItem? _next;
    private bool _runs;
    private bool _takes;

    private PoolThread()
    {
    }

    /// <summary>An execution context with nothing in it: what a thread of the pool begins with.</summary>
    public static ExecutionContext Blank { get; } = CaptureBlank();

    /// <summary>
    /// Runs short work that may make other work ready, then that. The work waits for nothing: what it would wait for
    /// may be what this thread runs next. On a thread that is no free one of the pool, what becomes ready goes to the
    /// pool, as it would find itself among what is somebody else's.
    /// </summary>
    public static void Run<TState>(TState state, Action<TState> work)
    {
        if (!IsFree())
        {
            work(state);
            return;
        }

        var thread = _current ??= new PoolThread();
        var (runs, takes) = (thread._runs, thread._takes);
        thread._runs = thread._takes = true;
        try
        {
            work(state);
        }
        finally
        {
            thread._takes = takes;
            if (!runs)
            {
                thread.RunOn();
                thread._runs = false;
            }
        }
    }

    /// <summary>Has an item run soon: next by this thread if it runs such work, else by any of the pool.</summary>
    public static void Queue(IThreadPoolWorkItem item)
    {
        if (_current is { _takes: true, _next: null } thread)
        {
            thread._next = item;
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: true);
    }

    /// <summary>This thread goes on with other work first: what it was to run next is for the pool.</summary>
    public static void HandOver()
    {
        if (_current is { _next: { } next } thread)
        {
            thread._next = null;
            ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: true);
        }
    }

    private static bool IsFree() =>
        Thread.CurrentThread.IsThreadPoolThread
        && SynchronizationContext.Current is null
        && TaskScheduler.Current == TaskScheduler.Default;

    private static ExecutionContext CaptureBlank()
    {
        ExecutionContext? blank = null;
        var thread = new Thread(() => blank = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return blank!;
    }

    private void RunOn()
    {
        if (_next is null)
        {
            return;
        }

        var context = ExecutionContext.Capture();
        for (var i = 0; i < InARowMax && _next is { } next; i++)
        {
            _next = null;
            ExecutionContext.Restore(Blank);
            next.Execute();
        }

        HandOver();
        if (context is not null)
        {
            ExecutionContext.Restore(context);
        }
    }
}
