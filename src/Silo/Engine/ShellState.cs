using System.Text.Json;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>One piece of an activation's state: read once, then written by whoever holds its version.</summary>
internal sealed class ShellState<TState>(
    StateAddress address, IGrainStorage storage, Action<StateConflictException> onConflict)
    : IGrainState<TState>, IShellState
    where TState : class, new()
{
    private long _version;

    // Writes of interleaved calls go one after another, in the order made: this is the last of them.
    private Task _last = Task.CompletedTask;

    public TState Value { get; set; } = new();

    public bool Exists => _version > 0;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var stored = await storage.ReadAsync(address, cancellationToken);
        _version = stored?.Version ?? 0;
        Value = stored is null
            ? new TState()
            : JsonSerializer.Deserialize<TState>(stored.Payload.Span, WireJson.Options) ?? new TState();
    }

    public ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(Value, WireJson.Options);
        return EnqueueAsync(async () => _version = await storage.WriteAsync(
            address, payload, _version, cancellationToken));
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        Value = new TState();
        return EnqueueAsync(async () =>
        {
            await storage.ClearAsync(address, _version, cancellationToken);
            _version = 0;
        });
    }

    private ValueTask EnqueueAsync(Func<Task> write)
    {
        var turn = AfterAsync(_last, write);
        _last = turn;
        return new ValueTask(turn);
    }

    private async Task AfterAsync(Task earlier, Func<Task> write)
    {
        // The earlier write's failure is its caller's: here only its end counts.
        await Task.WhenAny(earlier);
        try
        {
            await write();
        }
        catch (StateConflictException conflict)
        {
            onConflict(conflict);
            throw;
        }
    }
}
