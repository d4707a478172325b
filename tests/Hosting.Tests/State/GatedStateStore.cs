namespace Smcp.Hosting.State;

/// <summary>A store whose writes wait for the test's word, and fail when it says so.</summary>
internal sealed class GatedStateStore : IServerStateStore, IDisposable
{
    private readonly MemoryStateStore _store = new();
    private readonly SemaphoreSlim _gate = new(0);
    private readonly SemaphoreSlim _begun = new(0);

    public int Writes { get; private set; }

    /// <summary>Fails the next write: after it was made, or instead.</summary>
    public Exception? Failure { get; set; }

    public bool WritesBeforeFailing { get; set; }

    public void Open(int writes) => _gate.Release(writes);

    /// <summary>Waits until a write has begun.</summary>
    public Task BegunAsync() => _begun.WaitAsync(TimeSpan.FromSeconds(30));

    public ValueTask<StoredServerState?> ReadAsync(string name, CancellationToken cancellationToken) =>
        _store.ReadAsync(name, cancellationToken);

    public async ValueTask<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        _begun.Release();
        await _gate.WaitAsync(cancellationToken);
        Writes++;
        if (Failure is { } failure)
        {
            Failure = null;
            if (WritesBeforeFailing)
            {
                await _store.WriteAsync(name, payload, expectedVersion, cancellationToken);
            }

            throw failure;
        }

        return await _store.WriteAsync(name, payload, expectedVersion, cancellationToken);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _begun.Dispose();
    }
}
