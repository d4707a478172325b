namespace Smcp.Hosting.State;

/// <summary>One change that waits to be written, and who waits for it.</summary>
internal sealed class StateChange<T>(Func<T, T> change, CancellationToken cancellationToken)
    where T : class
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _outcome;

    public Task<T> Done => _done.Task;

    /// <summary>Makes the change, unless it was withdrawn or fails, which its caller then learns.</summary>
    public bool TryApply(ref T value)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _done.TrySetCanceled(cancellationToken);
            return false;
        }

        try
        {
            _outcome = change(value) ?? throw new InvalidOperationException("A change made the state null.");
            value = _outcome;
            return true;
        }
        catch (Exception exception)
        {
            // The change is the caller's code: whatever it throws is the caller's.
            _done.TrySetException(exception);
            return false;
        }
    }

    public void Complete()
    {
        if (_outcome is not null)
        {
            _done.TrySetResult(_outcome);
        }
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
