using System.Reflection;
using System.Text.Json;
using Smcp.Hosting.Classes;

namespace Smcp.Hosting.State;

/// <summary>
/// The state of an instance over its store. One writer at a time; the changes that wait for it go into one write, so
/// many calls share the
/// cost of making it durable.
/// </summary>
internal sealed class ServerState<T> : IServerState<T>, ILoadedState
    where T : class, new()
{
    private readonly Lock _gate = new();
    private readonly InstanceBinding _binding;
    private readonly string _name;
    private List<StateChange<T>> _waiting = [];
    private bool _writing;
    private bool _unsure;
    private Stored? _stored;

    public ServerState(InstanceBinding binding)
    {
        _binding = binding;
        _name = typeof(T).GetCustomAttribute<ServerStateAttribute>()?.Name ?? typeof(T).FullName!;
        binding.States.Add(this);
    }

    public T Value => Current.Value;

    public long Version => Current.Version;

    private Stored Current =>
        Volatile.Read(ref _stored)
        ?? throw new InvalidOperationException("State is loaded before the first call, and not yet in a constructor.");

    public Task<T> UpdateAsync(Func<T, T> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var entry = new StateChange<T>(change, cancellationToken);
        lock (_gate)
        {
            _waiting.Add(entry);
            if (_writing)
            {
                return entry.Done;
            }

            _writing = true;
        }

        // The writer outlives this caller: it must not carry the caller's ambient values.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(WriteWaitingAsync, CancellationToken.None);
        }

        return entry.Done;
    }

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var row = await _binding.Host.StateStore.ReadAsync(_name, cancellationToken);
        Volatile.Write(ref _stored, row is null ? new Stored(new T(), 0) : new Stored(Read(row.Payload), row.Version));
    }

    private static T Read(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize<T>(payload.Span, JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"The stored state of {typeof(T).Name} is null.");

    private async Task WriteWaitingAsync()
    {
        while (TakeWaiting() is { } batch)
        {
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception exception)
            {
                // The outcome of the write is unknown: the next one first reads what stands there.
                _unsure = true;
                batch.ForEach(change => change.Fail(exception));
            }
        }
    }

    private List<StateChange<T>>? TakeWaiting()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _writing = false;
                return null;
            }

            var batch = _waiting;
            _waiting = [];
            return batch;
        }
    }

    private async Task WriteAsync(List<StateChange<T>> batch)
    {
        if (_unsure)
        {
            await LoadAsync(CancellationToken.None);
            _unsure = false;
        }

        var next = Current.Value;
        var applied = false;
        foreach (var change in batch)
        {
            applied |= change.TryApply(ref next);
        }

        if (!applied)
        {
            return;
        }

        var payload = JsonSerializer.SerializeToUtf8Bytes(next, JsonSerializerOptions.Web);
        var version = await _binding.Host.StateStore.WriteAsync(
            _name, payload, Current.Version, CancellationToken.None);
        Volatile.Write(ref _stored, new Stored(next, version));
        batch.ForEach(change => change.Complete());
    }

    private sealed record Stored(T Value, long Version);
}
