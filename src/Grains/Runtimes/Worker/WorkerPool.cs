using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// Processes of one worker that were started before a call needs them, and take requests already. Filled in the
/// background; a tenant's jails bound it (docs/decisions/0085). Thread-safe. Disposal ends them all.
/// </summary>
internal sealed partial class WorkerPool(
    WorkerStarter starter, WorkerPlan plan, int size, ILogger<WorkerRuntime> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<WorkerProcess> _ready = new();
    private CancellationTokenSource _life = new();
    private Task _filling = Task.CompletedTask;
    private bool _isEnded;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>One that takes requests and has the secrets as they are now; null where there is none.</summary>
    public async Task<WorkerProcess?> TakeAsync(CancellationToken cancellationToken)
    {
        while (Next() is { } process)
        {
            if (!process.IsOver
                && (await WorkerMembers.ReadAsync(plan, cancellationToken)).SequenceEqual(process.Members))
            {
                process.Wake();
                return process;
            }

            await process.DisposeAsync();
        }

        return null;
    }

    /// <summary>Begins to start as many as are missing, unless that goes on already.</summary>
    public void Fill()
    {
        lock (_lock)
        {
            if (size > 0 && !_isEnded && _filling.IsCompleted)
            {
                var cancellationToken = _life.Token;
                _filling = Task.Run(() => FillAsync(cancellationToken), CancellationToken.None);
            }
        }
    }

    /// <summary>Ends those that wait, and starts no more until it is filled again.</summary>
    public async ValueTask DrainAsync()
    {
        CancellationTokenSource life;
        Task filling;
        lock (_lock)
        {
            (life, _life) = (_life, new CancellationTokenSource());
            filling = _filling;
        }

        await life.CancelAsync();
        await filling;
        life.Dispose();
        while (Next() is { } process)
        {
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
        }

        await DrainAsync();
        _life.Dispose();
    }

    private WorkerProcess? Next()
    {
        lock (_lock)
        {
            return _ready.TryDequeue(out var process) ? process : null;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (Count < size)
            {
                var process = await starter.StartAsync(plan, isSpare: true, cancellationToken);
                lock (_lock)
                {
                    _ready.Enqueue(process);
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The next call starts one of its own, as without a pool, and says what is wrong if that fails.
            LogNotFilled(plan.Tenant, plan.Server, exception.Message);
        }
    }
}
