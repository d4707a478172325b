using System.Collections.Concurrent;
using Smcp.Storage;

namespace Smcp.TestSupport;

/// <summary>Keyed, versioned state in memory. Share one between engines to see what a restart finds.</summary>
public sealed class InMemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<StateAddress, StoredState> _states = new();

    /// <summary>Awaited before each write and clear takes place: a test holds or fails it here.</summary>
    public Func<StateAddress, ValueTask>? BeforeWrite { get; set; }

    /// <summary>Awaited before each read: a test holds or fails it here.</summary>
    public Func<StateAddress, ValueTask>? BeforeRead { get; set; }

    /// <summary>What stands in the store now.</summary>
    public IReadOnlyDictionary<StateAddress, StoredState> States => _states;

    /// <summary>What somebody does who has the disk: puts a row there, or takes it away.</summary>
    public void Put(StateAddress address, StoredState? state)
    {
        if (state is null)
        {
            _states.TryRemove(address, out _);
        }
        else
        {
            _states[address] = state;
        }
    }

    public async ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (BeforeRead is { } beforeRead)
        {
            await beforeRead(address);
        }

        return _states.GetValueOrDefault(address);
    }

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (BeforeWrite is { } beforeWrite)
        {
            await beforeWrite(address);
        }

        var next = new StoredState(payload.ToArray(), expectedVersion + 1);
        var written = expectedVersion == 0
            ? _states.TryAdd(address, next)
            : _states.TryGetValue(address, out var held)
                && held.Version == expectedVersion
                && _states.TryUpdate(address, next, held);
        return written ? next.Version : throw new StateConflictException();
    }

    public async ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (BeforeWrite is { } beforeWrite)
        {
            await beforeWrite(address);
        }

        var held = _states.GetValueOrDefault(address);
        if ((held?.Version ?? 0) != expectedVersion
            || (held is not null && !_states.TryRemove(KeyValuePair.Create(address, held))))
        {
            throw new StateConflictException();
        }
    }
}
