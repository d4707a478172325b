using System.Collections.Concurrent;

namespace Smcp.Hosting.State;

/// <summary>Keeps state for as long as the process lives: for tests.</summary>
internal sealed class MemoryStateStore : IServerStateStore
{
    private readonly ConcurrentDictionary<string, StoredServerState> _rows = new(StringComparer.Ordinal);

    public ValueTask<StoredServerState?> ReadAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_rows.GetValueOrDefault(name));

    public ValueTask<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        var written = new StoredServerState(payload, expectedVersion + 1);
        var done = expectedVersion == 0
            ? _rows.TryAdd(name, written)
            : _rows.TryGetValue(name, out var row) && row.Version == expectedVersion
                && _rows.TryUpdate(name, written, row);
        return done
            ? ValueTask.FromResult(written.Version)
            : throw new ServerStateConflictException($"The state '{name}' has another version than {expectedVersion}.");
    }
}
