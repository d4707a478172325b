namespace Smcp.Runtimes.Jails;

/// <summary>
/// A program in a jail that waits to be told what it is, and knows of no tenant yet. It becomes one tenant's, once.
/// Thread-safe. Disposal ends it, unless it became somebody's.
/// </summary>
internal sealed class BlankJail : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private IJailedProcess? _process;
    private Action? _ended;
    private bool _isOver;

    /// <summary>Its process, once it runs.</summary>
    public void Hold(IJailedProcess process)
    {
        lock (_lock)
        {
            _process = process;
        }
    }

    /// <summary>Nothing is left of its process.</summary>
    public void End()
    {
        Action? ended;
        lock (_lock)
        {
            _isOver = true;
            ended = _ended;
        }

        ended?.Invoke();
    }

    /// <summary>Makes it somebody's; null where it ended, or is somebody's already.</summary>
    /// <param name="ended">What is then done at its end.</param>
    public IJailedProcess? Take(Action ended)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return null;
            }

            var process = _process;
            _process = null;
            _ended ??= process is null ? null : ended;
            return process;
        }
    }

    public async ValueTask DisposeAsync()
    {
        IJailedProcess? process;
        lock (_lock)
        {
            process = _process;
            _process = null;
        }

        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }
}
