using Orleans.Storage;
using Smcp.Storage;

namespace Smcp.Engine;

/// <summary>One piece of state, kept by an Orleans storage provider and fenced by its ETag.</summary>
internal sealed class ShellState<TState>(
    string name, GrainId grain, Orleans.Storage.IGrainStorage storage, Action<StateConflictException> onConflict)
    : IGrainState<TState>, IShellState
    where TState : class, new()
{
    private readonly GrainState<TState> _stored = new(new TState());

    // Writes of interleaved calls go one after another, in the order made: this is the last of them.
    private Task _last = Task.CompletedTask;

    public TState Value { get; set; } = new();

    public bool Exists => _stored.RecordExists;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(() => storage.ReadStateAsync(name, grain, _stored));
        Value = _stored.RecordExists ? _stored.State! : new TState();
    }

    public ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        var value = Value;
        return EnqueueAsync(
            () =>
            {
                _stored.State = value;
                return storage.WriteStateAsync(name, grain, _stored);
            },
            cancellationToken);
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        Value = new TState();
        return EnqueueAsync(() => storage.ClearStateAsync(name, grain, _stored), cancellationToken);
    }

    private ValueTask EnqueueAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        var turn = AfterAsync(_last, write, cancellationToken);
        _last = turn;
        return new ValueTask(turn);
    }

    private async Task AfterAsync(Task earlier, Func<Task> write, CancellationToken cancellationToken)
    {
        // The earlier write's failure is its caller's: here only its end counts.
        await Task.WhenAny(earlier);
        cancellationToken.ThrowIfCancellationRequested();
        await ReachAsync(write);
    }

    private async Task ReachAsync(Func<Task> access)
    {
        try
        {
            await access();
        }
        catch (InconsistentStateException exception)
        {
            var conflict = new StateConflictException($"{grain} '{name}': {exception.Message}");
            onConflict(conflict);
            throw conflict;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StorageUnavailableException($"{grain} '{name}': {exception.Message}", exception);
        }
    }
}
