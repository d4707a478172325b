using System.Collections.Concurrent;

namespace Smcp.Jailer.Launching;

/// <summary>
/// The one thread that starts processes and changes its namespaces. The kernel kills a jail when the thread that
/// started it ends (PR_SET_PDEATHSIG), so this one lives as long as the jailer; and namespaces are a thread's own.
/// </summary>
internal sealed class Spawner : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public Spawner() => new Thread(Run) { IsBackground = true, Name = "spawner" }.Start();

    /// <summary>Does something on the thread, after what was asked before.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
