using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// Processes of workerd that wait in jails of their own to be told what they are: any worker's that must start takes
/// one, if its jail is to be of the same kind (docs/decisions/0089). Thread-safe. Disposal ends them all.
/// </summary>
internal sealed partial class WorkerBlanks(
    IBlankJails jails, JailFolder folder, IOptions<WorkerRuntimeOptions> options, ILogger<WorkerBlanks> logger)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(WorkerSeat Seat, JailStart Made)> _ready = new();
    private readonly CancellationTokenSource _life = new();
    private Task _filling = Task.CompletedTask;
    private long _last;
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

    /// <summary>A place where none waits.</summary>
    public WorkerSeat Sit() => Named('w');

    /// <summary>The place of one that waits; null where none does, or none of this kind.</summary>
    /// <param name="start">What would be started at a place.</param>
    public WorkerSeat? Take(Func<WorkerSeat, JailStart> start)
    {
        (WorkerSeat Seat, JailStart Made) taken;
        lock (_lock)
        {
            if (!_ready.TryDequeue(out taken))
            {
                return null;
            }
        }

        if (IsAlike(start(taken.Seat), taken.Made))
        {
            return taken.Seat;
        }

        // What is asked for last is what is likely to be asked for next: this one makes room.
        _ = taken.Seat.DisposeAsync().AsTask();
        return null;
    }

    /// <summary>Begins to start as many as are missing, unless that goes on already.</summary>
    public void Fill(Func<WorkerSeat, JailStart> start)
    {
        lock (_lock)
        {
            if (options.Value.Blanks > _ready.Count && !_isEnded && _filling.IsCompleted)
            {
                _filling = Task.Run(() => FillAsync(start));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task filling;
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
            filling = _filling;
        }

        await _life.CancelAsync();
        await filling;
        while (_ready.TryDequeue(out var waiting))
        {
            await waiting.Seat.DisposeAsync();
        }

        _life.Dispose();
    }

    /// <summary>Whether two starts differ in nothing but whose they are.</summary>
    private static bool IsAlike(JailStart a, JailStart b) =>
        a.Executable == b.Executable && a.Arguments.SequenceEqual(b.Arguments) && a.Limits == b.Limits
        && a.WorkingFolder == b.WorkingFolder && a.LoopbackPorts.SequenceEqual(b.LoopbackPorts)
        && a.Inherited.SequenceEqual(b.Inherited) && IsSame(a.Environment, b.Environment)
        && IsSame(a.Folders, b.Folders) && IsSame(a.Sockets, b.Sockets) && IsSame(a.Scratch, b.Scratch);

    private static bool IsSame<T>(IReadOnlyDictionary<string, T> a, IReadOnlyDictionary<string, T> b) =>
        a.Count == b.Count
        && a.All(pair => b.TryGetValue(pair.Key, out var value) && Equals(pair.Value, value));

    private WorkerSeat Named(char kind) =>
        new(Path.Combine(folder.Path, $"{kind}{Interlocked.Increment(ref _last)}"));

    private async Task FillAsync(Func<WorkerSeat, JailStart> start)
    {
        WorkerSeat? seat = null;
        try
        {
            while (Count < options.Value.Blanks)
            {
                seat = Named('b');
                var made = start(seat);
                if ((seat.Blank = await jails.PrepareAsync(made, _life.Token)) is null)
                {
                    await seat.DisposeAsync();
                    return;
                }

                lock (_lock)
                {
                    _ready.Enqueue((seat, made));
                }

                seat = null;
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The next that must start makes its own, and says what is wrong if that fails.
            LogNotFilled(exception.Message);
            if (seat is not null)
            {
                await seat.DisposeAsync();
            }
        }
    }
}
