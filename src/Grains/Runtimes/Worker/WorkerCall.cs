namespace Smcp.Runtimes.Worker;

/// <summary>A call in flight in a process.</summary>
internal sealed class WorkerCall(long began, Action<WorkerCall> ended) : IDisposable
{
    private int _isEnded;

    public long Began { get; } = began;

    /// <summary>The process's processor time when the watch first saw the call.</summary>
    public TimeSpan? CpuBefore { get; set; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            ended(this);
        }
    }
}
