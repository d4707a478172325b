using Microsoft.Extensions.Logging;
using Smcp.Runtimes.Jails;
using Smcp.Servers.Health;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// A worker that runs, in one process at a time: started when it is asked something, or taken from those that were
/// started in advance; killed over a limit or when it has rested long enough, and then followed by another with the
/// next request. Thread-safe. Disposal ends all.
/// </summary>
internal sealed partial class WorkerRuntime : IAsyncDisposable
{
    private readonly WorkerStarter _starter;
    private readonly WorkerPlan _plan;
    private readonly WorkerRuntimeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkerPool _pool;
    private readonly CancellationTokenSource _life = new();
    private readonly Lock _lock = new();
    private readonly ITimer _watch;
    private Task<WorkerProcess>? _process;
    private Task _ending = Task.CompletedTask;
    private long? _goneSince;
    private int _isWatching;

    public WorkerRuntime(
        WorkerStarter starter,
        WorkerPlan plan,
        WorkerRuntimeOptions options,
        TimeProvider time,
        ILogger<WorkerRuntime> logger)
    {
        _starter = starter;
        _plan = plan;
        _options = options;
        _time = time;
        _logger = logger;
        // Each process could take Durable Objects from the others, also one that only waits.
        _pool = new WorkerPool(starter, plan, plan.HasDurableObjects ? 0 : options.PoolSize, logger);
        _watch = time.CreateTimer(
            static state => _ = ((WorkerRuntime)state!).WatchAsync(),
            this,
            options.WatchPeriod,
            options.WatchPeriod);
    }

    /// <summary>Hears of each start and end.</summary>
    public Action<RuntimeNote> OnNote { get; init; } = static _ => { };

    /// <summary>The process that runs; null where none does.</summary>
    public WorkerProcess? Running =>
        _process is { IsCompletedSuccessfully: true, Result: { IsOver: false } process } ? process : null;

    /// <summary>How many processes wait to be needed.</summary>
    public int Spares => _pool.Count;

    /// <summary>The process that runs, or a fresh one.</summary>
    /// <exception cref="WorkerUnavailableException">None can be started.</exception>
    public async Task<WorkerProcess> ProcessAsync(CancellationToken cancellationToken)
    {
        Task<WorkerProcess> process;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_life.IsCancellationRequested, this);
            if (_process is null || HasEnded(_process))
            {
                var before = _process;
                _process = Task.Run(() => StartAsync(before));
            }

            process = _process;
        }

        return await process.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the process that runs: it does not answer.</summary>
    public async ValueTask RestartAsync()
    {
        if (Running is { } process)
        {
            process.Over = ExitReason.NoAnswer;
            await process.KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<WorkerProcess>? process;
        lock (_lock)
        {
            process = _process;
            _life.Cancel();
        }

        await _watch.DisposeAsync();
        await EndAsync(process);
        await _ending;
        await _pool.DisposeAsync();
    }

    private static bool HasEnded(Task<WorkerProcess> process) =>
        process.IsCompleted && (!process.IsCompletedSuccessfully || process.Result.IsOver);

    private async Task<WorkerProcess> StartAsync(Task<WorkerProcess>? before)
    {
        var began = _time.GetTimestamp();
        try
        {
            var process = await _pool.TakeAsync(_life.Token);
            if (process is not null)
            {
                _ending = EndAsync(before);
                LogTaken(_plan.Tenant, _plan.Server, _time.GetElapsedTime(began));
            }
            else
            {
                await EndAsync(before);
                process = await _starter.StartAsync(_plan, isSpare: false, _life.Token);
                LogStarted(_plan.Tenant, _plan.Server, _time.GetElapsedTime(began));
            }

            OnNote(RuntimeNote.Started);
            _ = NoteEndAsync(process);
            _ = FillAsync(process);
            return process;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotStarted(_plan.Tenant, _plan.Server, exception.Message);
            OnNote(RuntimeNote.Failing(
                exception is WorkerUnavailableException ? exception.Message : "The worker did not start."));
            throw;
        }
    }

    private async Task NoteEndAsync(WorkerProcess process)
    {
        var exit = await process.Exited;
        OnNote(RuntimeNote.Ended(
            _life.IsCancellationRequested ? null
            : process.Over is { } over ? ServerExit.Of(over, exit.Code, _time.GetUtcNow())
            : exit.Describe(_time.GetUtcNow())));
        if (exit.Reason != JailExitReason.Ended || !_life.IsCancellationRequested)
        {
            LogEnded(_plan.Tenant, _plan.Server, exit.Code, exit.Reason);
        }
    }

    /// <summary>
    /// Starts others in advance when this one has answered: not beside its own first call, and none of a worker that
    /// does not answer. The first of them is for whichever worker must start next.
    /// </summary>
    private async Task FillAsync(WorkerProcess process)
    {
        await Task.WhenAny(process.Answered, process.Exited);
        if (process.Answered.IsCompleted)
        {
            _starter.Prepare(_plan);
            _pool.Fill();
        }
    }

    private static async Task EndAsync(Task<WorkerProcess>? starting)
    {
        if (starting is null)
        {
            return;
        }

        try
        {
            await (await starting).DisposeAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It did not start: whoever asked was told.
        }
    }

    /// <summary>Looks at the process, unless the look before still goes on.</summary>
    private async Task WatchAsync()
    {
        if (Interlocked.Exchange(ref _isWatching, 1) != 0)
        {
            return;
        }

        try
        {
            await (Running is { } process ? WatchAsync(process) : RestAsync());
        }
        finally
        {
            Volatile.Write(ref _isWatching, 0);
        }
    }

    private async Task WatchAsync(WorkerProcess process)
    {
        _goneSince = null;
        if (await WorkerWatch.FindAsync(process, _plan.Limits, _options, _time) is { } over)
        {
            LogKilled(_plan.Tenant, _plan.Server, over);
            process.Over = over switch
            {
                WorkerLimit.CpuTime => ExitReason.CpuTime,
                WorkerLimit.CallTime => ExitReason.CallTime,
                _ => ExitReason.Idle,
            };
            await process.KillAsync();
            if (over == WorkerLimit.Idle)
            {
                await _pool.DrainAsync();
            }
        }
    }

    /// <summary>Where none runs, those that wait to be needed are kept as long as one that rests.</summary>
    private async Task RestAsync()
    {
        _goneSince ??= _time.GetTimestamp();
        if (_pool.Count > 0 && _time.GetElapsedTime(_goneSince.Value) >= _options.IdleTimeout)
        {
            await _pool.DrainAsync();
        }
    }
}
