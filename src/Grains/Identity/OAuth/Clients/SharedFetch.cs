namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// One fetch for everybody who asks meanwhile; it is given up when the last of them has left. For one activation's
/// scheduler only.
/// </summary>
internal sealed class SharedFetch<T>
{
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<T> _fetch;
    private int _waiting;

    public SharedFetch(Func<CancellationToken, Task<T>> fetch) => _fetch = RunAsync(fetch);

    /// <summary>Whether nobody may join it any more.</summary>
    public bool IsOver => _fetch.IsCompleted || _abandoned.Task.IsCompleted;

    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        _waiting++;
        try
        {
            return await _fetch.WaitAsync(cancellationToken);
        }
        finally
        {
            if (--_waiting == 0)
            {
                _abandoned.TrySetResult();
            }
        }
    }

    private async Task<T> RunAsync(Func<CancellationToken, Task<T>> fetch)
    {
        using var end = new CancellationTokenSource();
        var run = fetch(end.Token);
        if (await Task.WhenAny(run, _abandoned.Task) != run)
        {
            await end.CancelAsync();
        }

        return await run;
    }
}
