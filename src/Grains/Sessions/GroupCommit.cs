namespace Smcp.Sessions;

/// <summary>
/// Makes many wishes to write into few writes: one is under way at a time, and the next carries everything that came
/// meanwhile. For one activation's scheduler only.
/// </summary>
internal sealed class GroupCommit(Func<Task> write)
{
    private Task _current = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes with a write that began after this call.</summary>
    public Task CommitAsync()
    {
        if (_next is not null)
        {
            return _next;
        }

        return _current.IsCompleted ? _current = write() : _next = WriteNextAsync();
    }

    /// <summary>Completes when everything asked for so far is written, or failed.</summary>
    public Task SettleAsync() => Task.WhenAny(_next ?? _current);

    private async Task WriteNextAsync()
    {
        // WhenAny: a failure is told to those who waited for that write, not to those of the next one.
        await Task.WhenAny(_current);
        _next = null;
        _current = write();
        await _current;
    }
}
