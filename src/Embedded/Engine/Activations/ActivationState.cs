using System.Text.Json;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Engine.Activations;

/// <summary>A grain's state over the storage port: one write at a time, each fenced by the version it knows.</summary>
internal sealed class ActivationState<TState>(Activation activation, StateAddress address)
    : IGrainState<TState>, IActivationState
    where TState : class, new()
{
    private readonly IGrainStorage _storage = activation.Services.States;

    // The last operation in the order made; each waits for the one before.
    private Task _last = Task.CompletedTask;
    private long _version;

    // What a write that failed without a clear outcome tried to store (null: a clear); meaningful while _isUncertain.
    private byte[]? _attempted;
    private bool _isUncertain;

    public TState Value { get; set; } = new();

    public bool Exists => _version > 0;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (await _storage.ReadAsync(address, cancellationToken) is { } stored)
        {
            Value = JsonSerializer.Deserialize<TState>(stored.Payload.Span, WireJson.Options)
                ?? throw new JsonException($"The state {address} is null.");
            _version = stored.Version;
        }
    }

    public ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(Value, WireJson.Options);
        return EnqueueAsync(payload, cancellationToken);
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        Value = new TState();
        return EnqueueAsync(null, cancellationToken);
    }

    private ValueTask EnqueueAsync(byte[]? payload, CancellationToken cancellationToken)
    {
        if (!activation.IsCurrent)
        {
            throw new InvalidOperationException($"This is not the scheduler of {activation}: the code left it.");
        }

        var operation = _last.IsCompleted
            ? StoreAsync(payload, cancellationToken)
            : StoreAfterAsync(_last, payload, cancellationToken);
        _last = operation;
        return new ValueTask(operation);
    }

    private async Task StoreAfterAsync(Task earlier, byte[]? payload, CancellationToken cancellationToken)
    {
        // The earlier one's failure is its caller's; here only its end counts.
        await earlier.ContinueWith(
            static _ => { },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await StoreAsync(payload, cancellationToken);
    }

    private async Task StoreAsync(byte[]? payload, CancellationToken cancellationToken)
    {
        try
        {
            if (_isUncertain)
            {
                await SettleAsync(cancellationToken);
            }

            // Until the store says otherwise.
            _isUncertain = true;
            _attempted = payload;
            await StoreOnceAsync(payload, cancellationToken);
            _isUncertain = false;
        }
        catch (StateConflictException conflict)
        {
            _isUncertain = false;
            activation.NoteConflict(conflict);
            throw;
        }
    }

    private async ValueTask StoreOnceAsync(byte[]? payload, CancellationToken cancellationToken)
    {
        if (payload is not null)
        {
            _version = await _storage.WriteAsync(address, payload, _version, cancellationToken);
        }
        else if (_version > 0)
        {
            await _storage.ClearAsync(address, _version, cancellationToken);
            _version = 0;
        }
    }

    /// <summary>
    /// The last operation failed (cancelled, disk full, ...) and may or may not stand in the store. If what stands
    /// there is exactly it, its version is ours. Otherwise ours is unchanged, and the next write's fence decides.
    /// </summary>
    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        var stored = await _storage.ReadAsync(address, cancellationToken);
        if (_attempted is null)
        {
            _version = stored is null ? 0 : _version;
        }
        else if (stored is not null && stored.Version == _version + 1 && stored.Payload.Span.SequenceEqual(_attempted))
        {
            _version = stored.Version;
        }
    }
}
