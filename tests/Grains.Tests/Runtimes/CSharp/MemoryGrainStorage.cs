using System.Collections.Concurrent;
using Smcp.Storage;

namespace Smcp.Runtimes.CSharp;

/// <summary>Grain storage in memory, with the fence of the real one.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<StateAddress, StoredState> _rows = new();

    public ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_rows.GetValueOrDefault(address));

    public ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        var stored = _rows.GetValueOrDefault(address);
        if ((stored?.Version ?? 0) != expectedVersion)
        {
            throw new StateConflictException();
        }

        _rows[address] = new StoredState(payload, expectedVersion + 1);
        return ValueTask.FromResult(expectedVersion + 1);
    }

    public ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        _rows.TryRemove(address, out _);
        return ValueTask.CompletedTask;
    }
}
